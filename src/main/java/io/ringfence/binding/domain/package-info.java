/** The firmware's timer domain, bound to the specification {@code LlDomain}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.domain;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
