/** A machine with a virtual heap, whose clients allocate and free on several threads. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.virtualheap;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
