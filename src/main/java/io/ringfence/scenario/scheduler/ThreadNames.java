package io.ringfence.scenario.scheduler;

import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The threads by name: those of clients, the LL thread of each core and domain, and that of the EDF
 * scheduler's work queue.
 */
final class ThreadNames {
  private static final String EDF = "edf";
  private static final Pattern OWN_THREAD = Pattern.compile("ll(dma)?\\d|" + EDF);

  private final LlFirmware firmware;

  ThreadNames(LlFirmware firmware) {
    this.firmware = firmware;
  }

  /** Whether a name is that of a thread that the firmware creates itself. */
  static boolean isOwnThread(String name) {
    return OWN_THREAD.matcher(name).matches();
  }

  /** All threads that there are now. */
  Map<String, Integer> all() {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (int i = 0; i < firmware.config().threads().size(); i++) {
      all.put(firmware.config().threads().get(i).name(), firmware.thread(i));
    }
    for (int type : firmware.config().domains()) {
      for (int core = 0; core < firmware.config().cores(); core++) {
        int thread = llThread(type, core);
        if (thread != 0) {
          all.put(llName(type) + core, thread);
        }
      }
    }
    if (firmware.edf().isRegistered()) {
      all.put(EDF, firmware.edf().thread());
    }
    return all;
  }

  private static String llName(int type) {
    return type == SchedulerType.LL_DMA.ordinal() ? "lldma" : "ll";
  }

  /** The LL thread of a core, or 0 if there is none. */
  int llThread(int type, int core) {
    int dt = firmware.domainThread(type, core);
    int thread = firmware.ram().load32(DomainThread.LL_THREAD.in(dt));
    boolean exists = thread != 0 && state(thread) != ThreadState.NONE;
    return exists && state(thread) != ThreadState.DEAD ? thread : 0;
  }

  /** The address of a thread, or 0 if it does not exist now. */
  int address(String name) {
    Integer address = all().get(name);
    if (address != null) {
      return address;
    }
    boolean canExist =
        isOwnThread(name)
            && (name.equals(EDF)
                || name.charAt(name.length() - 1) - '0' < firmware.config().cores());
    if (!canExist) {
      throw new BadStepException("there is no thread '" + name + "'");
    }
    return 0;
  }

  String name(int thread) {
    for (Map.Entry<String, Integer> entry : all().entrySet()) {
      if (entry.getValue() == thread) {
        return entry.getKey();
      }
    }
    return "no thread";
  }

  ThreadState state(int thread) {
    return KThread.state(firmware.ram(), thread);
  }

  int get(int thread, Field field) {
    return KThread.get(firmware.ram(), thread, field);
  }
}
