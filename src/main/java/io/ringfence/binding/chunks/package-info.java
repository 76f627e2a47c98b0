/** Binds the chunk allocator to {@code spec/SysHeap.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.chunks;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
