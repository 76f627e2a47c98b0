/** Which specs are bound to firmware. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.catalog;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
