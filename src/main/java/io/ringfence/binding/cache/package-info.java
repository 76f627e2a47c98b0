/** Binds {@code spec/CachedMemory.tla} and {@code spec/CachedRegion.tla} to the firmware. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.cache;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
