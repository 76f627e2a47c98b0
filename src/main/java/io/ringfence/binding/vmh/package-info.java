/** The virtual heap, bound to {@code spec/VirtualHeap.tla}. */
@NullMarked
package io.ringfence.binding.vmh;

import org.jspecify.annotations.NullMarked;
