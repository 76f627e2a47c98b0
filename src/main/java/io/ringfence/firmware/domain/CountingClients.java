package io.ringfence.firmware.domain;

import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.MoreRoutines;
import io.ringfence.firmware.thread.Routine;
import java.util.List;

/** All clients of this package, to be linked into an image. */
public final class CountingClients implements MoreRoutines {
  @Override
  public List<Routine> of(LlPlatform platform, LlLock lock) {
    return List.of(
        new CountingSchedule(platform, lock),
        new CountingFree(platform, lock),
        new CountingDone(platform),
        new CountingRun(platform, lock));
  }
}
