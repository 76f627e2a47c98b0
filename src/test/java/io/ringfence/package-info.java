/** Rules that hold for the whole of Ringfence rather than for one package. */
@NullMarked
package io.ringfence;

import org.jspecify.annotations.NullMarked;
