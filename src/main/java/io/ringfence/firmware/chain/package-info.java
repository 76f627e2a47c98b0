/** Chain DMA, a client of the LL scheduler, and the board that it runs on. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.chain;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
