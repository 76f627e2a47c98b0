/** Heaps, kernel clients and user space, bound to {@code spec/HeapIsolation.tla}. */
@NullMarked
package io.ringfence.binding.isolation;

import org.jspecify.annotations.NullMarked;
