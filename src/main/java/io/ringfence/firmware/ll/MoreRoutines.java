package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Routine;
import java.util.List;

/** Routines that are linked into the image beside the LL scheduler: those of its clients. */
public interface MoreRoutines {
  /** There are none. */
  MoreRoutines NONE = (platform, lock) -> List.of();

  /** Makes the routines. */
  List<Routine> of(LlPlatform platform, LlLock lock);
}
