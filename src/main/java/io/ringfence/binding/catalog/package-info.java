/** Which specs are bound to firmware. */
@NullMarked
package io.ringfence.binding.catalog;

import org.jspecify.annotations.NullMarked;
