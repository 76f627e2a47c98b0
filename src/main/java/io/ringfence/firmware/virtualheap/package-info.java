/** A machine with a virtual heap, whose clients allocate and free on several threads. */
@NullMarked
package io.ringfence.firmware.virtualheap;

import org.jspecify.annotations.NullMarked;
