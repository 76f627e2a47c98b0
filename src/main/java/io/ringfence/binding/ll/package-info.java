/** The LL scheduler of the firmware, bound to {@code spec/LlScheduler.tla}. */
@NullMarked
package io.ringfence.binding.ll;

import org.jspecify.annotations.NullMarked;
