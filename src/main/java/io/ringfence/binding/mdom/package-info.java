/** Binds the memory domains of modules to {@code spec/ModuleDomains.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.mdom;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
