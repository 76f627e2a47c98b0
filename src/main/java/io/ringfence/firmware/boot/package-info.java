/** The firmware as a whole: its memory layout, its start-up, and the operations on it. */
@NullMarked
package io.ringfence.firmware.boot;

import org.jspecify.annotations.NullMarked;
