/** Binds the firmware's virtual region and its clients to {@code spec/VirtualRegion.tla}. */
@NullMarked
package io.ringfence.binding.regions;

import org.jspecify.annotations.NullMarked;
