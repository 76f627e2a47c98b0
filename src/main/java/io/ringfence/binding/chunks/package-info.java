/** Binds the chunk allocator to {@code spec/SysHeap.tla}. */
@NullMarked
package io.ringfence.binding.chunks;

import org.jspecify.annotations.NullMarked;
