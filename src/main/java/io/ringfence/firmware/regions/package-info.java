/** A virtual region with the kernel threads that share it and the user module that it is for. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.regions;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
