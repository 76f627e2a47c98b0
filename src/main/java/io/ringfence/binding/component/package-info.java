/** Components and their tasks, bound to {@code spec/SharedComponent.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.component;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
