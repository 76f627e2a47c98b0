/** The memory calls of modules, bound to {@code spec/ModuleMemory.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.module;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
