/** Traces in the formats of other tools and corpora. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.export;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
