/** Kernel objects that are allocated at run time, and who may use them. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.objects;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
