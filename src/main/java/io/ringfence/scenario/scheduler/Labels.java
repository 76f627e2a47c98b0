package io.ringfence.scenario.scheduler;

import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;

/** Names of objects as the corpus writes them. */
final class Labels {
  private final LlFirmware firmware;
  private final TaskMemory tasks;
  private final AllocatedObjects objects;

  Labels(LlFirmware firmware, TaskMemory tasks, AllocatedObjects objects) {
    this.firmware = firmware;
    this.tasks = tasks;
    this.objects = objects;
  }

  /** The name of an object that the current core is about to allocate. */
  String ofNew(String what, int subject) {
    return switch (what) {
      case "pdata", "sem_record", "sem" -> what + "(" + tasks.name(subject) + ")";
      case "tick_sem", "thread" -> what + "(ll-thread)";
      case "sched_list" -> what + "@" + core();
      default -> what + "(" + Types.name(subject) + "@" + core() + ")";
    };
  }

  private int core() {
    return firmware.machine().cpu().core();
  }

  /** Whether an address is that of the semaphore that a tick gives. */
  boolean isTickSemaphore(int address) {
    for (int type : firmware.config().domains()) {
      for (int core = 0; core < firmware.config().cores(); core++) {
        int dt = firmware.domainThread(type, core);
        if (firmware.ram().load32(DomainThread.SEM.in(dt)) == address) {
          return true;
        }
      }
    }
    return false;
  }

  /** The name of the object at an address. */
  String at(int address) {
    Allocated object = objects.at(address);
    if (object == null) {
      return ofDomain(address);
    }
    String label = object.label();
    boolean embedded =
        object.kind().equals("pdata")
            && !firmware.config().dynamicObjects()
            && LlPdata.SEM.in(object.address()) == address;
    if (embedded) {
      label = "sem" + label.substring(object.kind().length());
    }
    return objects.isLive(object) ? label : label + " (released)";
  }

  private String ofDomain(int address) {
    for (int type : firmware.config().domains()) {
      String suffix = "(" + Types.name(type) + ")";
      int lock = LlScheduleDomain.LOCK.in(firmware.domain(type));
      if (firmware.config().user() && address == firmware.ram().load32(lock)) {
        return "domain_lock" + suffix;
      }
      if (address == firmware.timer(type)) {
        return "timer" + suffix;
      }
    }
    return String.format("0x%08x", address);
  }
}
