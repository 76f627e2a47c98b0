/** A small heap of user space with a kernel object beside it, to be attacked. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.chunks;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
