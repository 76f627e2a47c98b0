/** The DMA system calls, bound to {@code spec/DmaSyscalls.tla} and {@code spec/DmaChannels.tla}. */
@NullMarked
package io.ringfence.binding.dma;

import org.jspecify.annotations.NullMarked;
