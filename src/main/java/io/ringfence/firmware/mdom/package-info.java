/** The memory domains of modules whose DP threads run in user mode. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.mdom;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
