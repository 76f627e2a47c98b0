/** The LL scheduler of the firmware, bound to {@code spec/LlScheduler.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.ll;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
