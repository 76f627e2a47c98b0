/** The firmware as a whole: its memory layout, its start-up, and the operations on it. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.boot;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
