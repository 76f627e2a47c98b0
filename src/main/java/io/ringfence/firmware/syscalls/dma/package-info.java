/** The DMA system calls, a driver behind them, and threads that misuse them. */
@NullMarked
package io.ringfence.firmware.syscalls.dma;

import org.jspecify.annotations.NullMarked;
