/** The DMA system calls, bound to {@code spec/DmaSyscalls.tla} and {@code spec/DmaChannels.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.dma;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
