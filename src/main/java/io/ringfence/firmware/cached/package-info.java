/** Allocators and their clients on several cores, each with a data cache of its own. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.cached;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
