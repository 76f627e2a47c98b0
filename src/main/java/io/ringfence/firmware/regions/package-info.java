/** A virtual region with the kernel threads that share it and the user module that it is for. */
@NullMarked
package io.ringfence.firmware.regions;

import org.jspecify.annotations.NullMarked;
