/**
 * SOF's generic scheduler layer, function by function as in C. A function that other threads can
 * interleave with is a class whose methods are its atomic steps.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.schedule;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
