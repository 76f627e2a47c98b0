/** Chain DMA, bound to {@code spec/ChainDma.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.chain;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
