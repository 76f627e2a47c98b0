/** Binds {@code spec/CachedMemory.tla} and {@code spec/CachedRegion.tla} to the firmware. */
@NullMarked
package io.ringfence.binding.cache;

import org.jspecify.annotations.NullMarked;
