/** Copies of constant data in fast memory that modules share, and a small machine around them. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.fastget;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
