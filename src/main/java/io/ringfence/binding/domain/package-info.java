/** The firmware's timer domain, bound to the specification {@code LlDomain}. */
@NullMarked
package io.ringfence.binding.domain;

import org.jspecify.annotations.NullMarked;
