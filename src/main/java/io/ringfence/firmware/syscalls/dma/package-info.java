/** The DMA system calls, a driver behind them, and threads that misuse them. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.syscalls.dma;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
