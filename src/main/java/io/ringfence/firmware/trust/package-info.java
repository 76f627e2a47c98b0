/** What the kernel does with words that user threads can write. */
@NullMarked
package io.ringfence.firmware.trust;

import org.jspecify.annotations.NullMarked;
