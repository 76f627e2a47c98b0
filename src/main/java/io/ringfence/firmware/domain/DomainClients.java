package io.ringfence.firmware.domain;

import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.MoreRoutines;
import io.ringfence.firmware.thread.Routine;
import java.util.List;

/** All routines of this package, to be linked into an image. */
public final class DomainClients implements MoreRoutines {
  @Override
  public List<Routine> of(LlPlatform platform, LlLock lock) {
    return List.of(new FreeWaiting(platform, lock), new ChosenTick(platform, lock));
  }
}
