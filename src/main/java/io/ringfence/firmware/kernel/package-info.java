/** What the scheduler layer needs of the kernel: threads with frames in RAM, and how they stop. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.kernel;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
