/**
 * The refinement mapping, executed: which firmware operation a spec action stands for, and which
 * spec state a RAM image stands for. The only package that knows both TLA+ and the firmware.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
