/** Binds the words that the kernel follows to {@code spec/KernelTrust.tla}. */
@NullMarked
package io.ringfence.binding.trust;

import org.jspecify.annotations.NullMarked;
