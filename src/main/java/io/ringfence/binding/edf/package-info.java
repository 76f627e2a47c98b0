/** Binds the EDF scheduler and its work queue to {@code spec/EdfScheduler.tla}. */
@NullMarked
package io.ringfence.binding.edf;

import org.jspecify.annotations.NullMarked;
