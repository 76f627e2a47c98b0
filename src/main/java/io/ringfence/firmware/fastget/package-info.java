/** Copies of constant data in fast memory that modules share, and a small machine around them. */
@NullMarked
package io.ringfence.firmware.fastget;

import org.jspecify.annotations.NullMarked;
