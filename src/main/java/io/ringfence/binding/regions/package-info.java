/** Binds the firmware's virtual region and its clients to {@code spec/VirtualRegion.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.regions;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
