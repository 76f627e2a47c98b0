/**
 * The simulated hardware: one flat little-endian RAM with an allocation shadow, memory domains
 * whose page tables lie in that RAM, and a CPU that checks every access as a memory management unit
 * does.
 *
 * <p>All mutable state of the firmware lives in the RAM, so snapshots, undo, differences and state
 * identity come from here and need no cooperation of the code above.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.machine;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
