/** Binds the EDF scheduler and its work queue to {@code spec/EdfScheduler.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.edf;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
