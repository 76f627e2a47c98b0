/** Components that a pipeline of another core prepares, and the core that they run on. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.component;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
