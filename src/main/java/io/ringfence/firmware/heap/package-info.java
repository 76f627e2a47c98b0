/**
 * The heaps: Zephyr's chunk allocator, and the allocation functions of SOF on top of it. All state,
 * chunk headers and free lists included, lies in the simulated RAM.
 */
@NullMarked
package io.ringfence.firmware.heap;

import org.jspecify.annotations.NullMarked;
