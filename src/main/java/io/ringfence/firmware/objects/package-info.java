/** Kernel objects that are allocated at run time, and who may use them. */
@NullMarked
package io.ringfence.firmware.objects;

import org.jspecify.annotations.NullMarked;
