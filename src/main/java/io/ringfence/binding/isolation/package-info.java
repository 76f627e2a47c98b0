/** Heaps, kernel clients and user space, bound to {@code spec/HeapIsolation.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.isolation;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
