/** One thread that handles messages, as clients of the LL scheduler have it. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.client;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
