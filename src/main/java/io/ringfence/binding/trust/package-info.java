/** Binds the words that the kernel follows to {@code spec/KernelTrust.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.trust;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
