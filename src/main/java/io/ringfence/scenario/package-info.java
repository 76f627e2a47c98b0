/**
 * Recorded sequences of real calls, run on the executable firmware and compared observation by
 * observation. This is how we know that the firmware is the firmware, and not our idea of it.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.scenario;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
