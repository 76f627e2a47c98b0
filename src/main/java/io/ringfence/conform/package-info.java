/** Spec and firmware in lockstep along every edge of a model's state graph. */
@NullMarked
package io.ringfence.conform;

import org.jspecify.annotations.NullMarked;
