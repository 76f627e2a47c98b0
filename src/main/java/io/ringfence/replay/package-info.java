/** One trace, step by step, on the firmware. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.replay;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
