/** What the scheduler layer needs of the kernel: threads with frames in RAM, and how they stop. */
@NullMarked
package io.ringfence.firmware.kernel;

import org.jspecify.annotations.NullMarked;
