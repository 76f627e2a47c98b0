/** One trace, step by step, on the firmware. */
@NullMarked
package io.ringfence.replay;

import org.jspecify.annotations.NullMarked;
