/** Renders the record of a run as static HTML that opens from disk without a network. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.report;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
