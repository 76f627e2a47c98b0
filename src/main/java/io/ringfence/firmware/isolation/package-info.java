/** A machine with all heaps, kernel clients and threads of user space. */
@NullMarked
package io.ringfence.firmware.isolation;

import org.jspecify.annotations.NullMarked;
