/** The memory calls of modules that run in user space, and the attacker beside them. */
@NullMarked
package io.ringfence.firmware.modules;

import org.jspecify.annotations.NullMarked;
