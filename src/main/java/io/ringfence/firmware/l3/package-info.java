/** The L3 heap over power cycles. */
@NullMarked
package io.ringfence.firmware.l3;

import org.jspecify.annotations.NullMarked;
