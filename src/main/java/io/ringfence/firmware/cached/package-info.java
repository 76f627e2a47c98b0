/** Allocators and their clients on several cores, each with a data cache of its own. */
@NullMarked
package io.ringfence.firmware.cached;

import org.jspecify.annotations.NullMarked;
