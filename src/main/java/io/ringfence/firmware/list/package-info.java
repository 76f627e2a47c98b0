/** The intrusive list of {@code sof/list.h}, node by node in the simulated RAM. */
@NullMarked
package io.ringfence.firmware.list;

import org.jspecify.annotations.NullMarked;
