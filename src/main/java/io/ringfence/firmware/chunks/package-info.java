/** A small heap of user space with a kernel object beside it, to be attacked. */
@NullMarked
package io.ringfence.firmware.chunks;

import org.jspecify.annotations.NullMarked;
