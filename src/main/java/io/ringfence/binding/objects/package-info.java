/** Binds the permissions on kernel objects to {@code spec/KernelObjects.tla}. */
@NullMarked
package io.ringfence.binding.objects;

import org.jspecify.annotations.NullMarked;
