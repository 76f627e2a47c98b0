/** The allocator of virtual pages with clients that keep pointers to what they allocated. */
@NullMarked
package io.ringfence.firmware.pages;

import org.jspecify.annotations.NullMarked;
