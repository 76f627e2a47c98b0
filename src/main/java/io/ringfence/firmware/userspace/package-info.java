/**
 * What the kernel does to let a user thread reach what it needs: partitions of its memory domain,
 * the mailbox, permission on devices, a stack.
 */
@NullMarked
package io.ringfence.firmware.userspace;

import org.jspecify.annotations.NullMarked;
