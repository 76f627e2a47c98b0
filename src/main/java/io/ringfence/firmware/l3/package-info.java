/** The L3 heap over power cycles. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.l3;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
