package io.ringfence.firmware.tasks;

import java.util.Arrays;
import java.util.List;

/** Messages to a module, as its DP thread gets them; by the names of SOF src/include/ipc4/. */
public enum DpCommand {
  /** The first one: makes the module, whose thread may not have started yet. */
  SOF_IPC4_MOD_INIT_INSTANCE,
  /** One of those that follow. */
  SOF_IPC4_MOD_BIND;

  /** The names, in order. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
