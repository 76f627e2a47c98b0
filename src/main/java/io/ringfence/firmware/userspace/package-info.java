/**
 * What the kernel does to let a user thread reach what it needs: partitions of its memory domain,
 * the mailbox, permission on devices, a stack.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.userspace;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
