/** Binds the permissions on kernel objects to {@code spec/KernelObjects.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.objects;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
