/** The boundary between user threads and the kernel: what a system call's verifier is made of. */
@NullMarked
package io.ringfence.firmware.syscalls;

import org.jspecify.annotations.NullMarked;
