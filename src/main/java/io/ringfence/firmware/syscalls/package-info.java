/** The boundary between user threads and the kernel: what a system call's verifier is made of. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.syscalls;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
