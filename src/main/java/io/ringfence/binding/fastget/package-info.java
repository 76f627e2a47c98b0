/** Shared copies of constant data, bound to {@code spec/FastGet.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.fastget;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
