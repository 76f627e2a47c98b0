/**
 * The executable firmware: schedulers, heaps and kernel objects, function by function as in C, with
 * all their state in the simulated RAM. This package holds what every part of it needs.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
