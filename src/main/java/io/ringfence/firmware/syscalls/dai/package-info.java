/** The DAI devices, and the system call that looks for one. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.syscalls.dai;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
