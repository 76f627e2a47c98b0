/** The memory calls of modules that run in user space, and the attacker beside them. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.modules;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
