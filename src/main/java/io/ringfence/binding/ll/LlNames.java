package io.ringfence.binding.ll;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.ll.LlView;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.machine.Ram;

/** The spec's names of what lies at an address. */
final class LlNames {
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlTrace trace;
  private final Ram ram;
  private final int scheduler;
  private final int temporaryList;

  /** Finds what stays where it is after boot. */
  LlNames(LlModel model, LlFirmware firmware, LlTrace trace) {
    this.model = model;
    this.firmware = firmware;
    this.trace = trace;
    this.ram = firmware.ram();
    String array = model.user() ? "_u_schedulers" : "_k_schedulers";
    int node = ram.load32(ram.load32(firmware.machine().address(array)));
    this.scheduler = ram.load32(ScheduleData.DATA.in(node));
    this.temporaryList =
        model.design().has(Fix.SCAN_RAN_TASKS)
            ? ZephyrLl.RAN.in(scheduler)
            : LlView.temporaryList(firmware.kernel(), firmware.machine().address("ll_sched_stack"));
  }

  int scheduler() {
    return scheduler;
  }

  int mainList() {
    return ZephyrLl.TASKS.in(scheduler);
  }

  int temporaryList() {
    return temporaryList;
  }

  String node(int address) {
    if (address == 0) {
      return "null";
    }
    if (address == mainList()) {
      return "main";
    }
    if (address == temporaryList) {
      return "temp";
    }
    return task(Task.LIST.container(address));
  }

  /** A task, {@code null}, or an address that is neither. */
  String task(int address) {
    if (address == 0) {
      return "null";
    }
    for (int i = 0; i < model.tasks().size(); i++) {
      if (firmware.task(i) == address) {
        return model.tasks().get(i);
      }
    }
    return String.format("0x%08x", address);
  }

  String pdata(int address) {
    if (address == 0) {
      return "null";
    }
    for (int task = 0; task < model.tasks().size(); task++) {
      for (int n = 0; n < model.maxInits(); n++) {
        if (trace.pdata(task, n) == address) {
          return model.generation(task, n);
        }
      }
    }
    return String.format("0x%08x", address);
  }

  /** The private data that points to a semaphore; empty if none of the spec's tasks' does. */
  String pdataOfSemaphore(int semaphore) {
    for (int task = 0; task < model.tasks().size(); task++) {
      for (int n = 0; n < model.maxInits(); n++) {
        int pdata = trace.pdata(task, n);
        if (pdata != 0 && ram.load32(LlPdata.SEM_P.in(pdata)) == semaphore) {
          return model.generation(task, n);
        }
      }
    }
    return "";
  }

  String thread(int address) {
    if (address == 0) {
      return "-";
    }
    for (int i = 0; i < model.clients().size(); i++) {
      if (firmware.thread(i) == address) {
        return model.clients().get(i);
      }
    }
    int dt = firmware.domainThread(LL_TIMER, 0);
    return address == ram.load32(DomainThread.LL_THREAD.in(dt))
        ? LlModel.LL
        : String.format("thread %d", ram.load32(KThread.ID.in(address)));
  }

  String state(int state) {
    return switch (state) {
      case Task.STATE_INIT -> "INIT";
      case Task.STATE_QUEUED -> "QUEUED";
      case Task.STATE_RUNNING -> "RUNNING";
      case Task.STATE_CANCEL -> "CANCEL";
      case Task.STATE_FREE -> "FREE";
      default -> String.valueOf(state);
    };
  }

  String why(Why why) {
    return switch (why) {
      case NOTHING -> "no";
      case NULL_DEREFERENCE -> "null";
      case UNMAPPED, USE_AFTER_FREE, OUT_OF_BOUNDS, INVALID_FREE -> "uaf";
      case PANIC -> "panic";
      case ASSERT -> "assert";
      case HANG -> "endless";
      case VERIFY, PROTECTION -> "oops";
      case UNINITIALIZED, HIJACK, MISUSE -> why.name();
    };
  }
}
