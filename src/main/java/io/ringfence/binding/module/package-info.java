/** The memory calls of modules, bound to {@code spec/ModuleMemory.tla}. */
@NullMarked
package io.ringfence.binding.module;

import org.jspecify.annotations.NullMarked;
