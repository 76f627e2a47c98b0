/** The virtual heap, bound to {@code spec/VirtualHeap.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.vmh;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
