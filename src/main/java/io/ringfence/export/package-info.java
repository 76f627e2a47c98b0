/** Traces in the formats of other tools and corpora. */
@NullMarked
package io.ringfence.export;

import org.jspecify.annotations.NullMarked;
