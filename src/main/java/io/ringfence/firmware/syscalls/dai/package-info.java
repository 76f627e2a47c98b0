/** The DAI devices, and the system call that looks for one. */
@NullMarked
package io.ringfence.firmware.syscalls.dai;

import org.jspecify.annotations.NullMarked;
