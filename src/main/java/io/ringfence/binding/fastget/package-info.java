/** Shared copies of constant data, bound to {@code spec/FastGet.tla}. */
@NullMarked
package io.ringfence.binding.fastget;

import org.jspecify.annotations.NullMarked;
