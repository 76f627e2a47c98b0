/** Renders the record of a run as static HTML that opens from disk without a network. */
@NullMarked
package io.ringfence.report;

import org.jspecify.annotations.NullMarked;
