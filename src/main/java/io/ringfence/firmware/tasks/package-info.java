/** System calls about tasks, and the attacker beside them. */
@NullMarked
package io.ringfence.firmware.tasks;

import org.jspecify.annotations.NullMarked;
