/** Spec and firmware in lockstep along every edge of a model's state graph. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.conform;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
