/** The L3 heap over power cycles, bound to {@code spec/L3Heap.tla}. */
@NullMarked
package io.ringfence.binding.l3;

import org.jspecify.annotations.NullMarked;
