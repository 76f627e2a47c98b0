/** The intrusive list of {@code sof/list.h}, node by node in the simulated RAM. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.list;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
