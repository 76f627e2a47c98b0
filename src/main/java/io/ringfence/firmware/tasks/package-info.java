/** System calls about tasks, and the attacker beside them. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.tasks;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
