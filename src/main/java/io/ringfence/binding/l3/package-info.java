/** The L3 heap over power cycles, bound to {@code spec/L3Heap.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.l3;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
