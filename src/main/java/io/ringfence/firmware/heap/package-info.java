/**
 * The heaps: Zephyr's chunk allocator, and the allocation functions of SOF on top of it. All state,
 * chunk headers and free lists included, lies in the simulated RAM.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.heap;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
