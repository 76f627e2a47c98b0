package io.ringfence.binding.domain;

import io.ringfence.binding.Outcome;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.domain.ChosenTick;
import io.ringfence.firmware.domain.ChosenTick.Choice;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ObjectMisuse;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;

/**
 * Takes a thread from one step of the spec to the next. Labels that the spec does not have are
 * parts of the step before them. A step that would wait or spin is undone and refused; of one that
 * goes wrong only the stop stays.
 */
final class DomainStepper {
  private final DomainModel model;
  private final LlFirmware firmware;
  private final DomainTrace trace;
  private final DomainThreads threads;
  private final DomainMemory memory;
  private final DomainDispatch dispatch;
  private final Kernel kernel;
  private final Ram ram;
  private String lastFault = "";

  DomainStepper(
      DomainModel model,
      DomainBoot boot,
      DomainThreads threads,
      DomainMemory memory,
      DomainDispatch dispatch) {
    this.model = model;
    this.firmware = boot.firmware();
    this.trace = boot.trace();
    this.threads = threads;
    this.memory = memory;
    this.dispatch = dispatch;
    this.kernel = firmware.kernel();
    this.ram = firmware.ram();
  }

  String lastFault() {
    return lastFault;
  }

  Outcome refuse(String message) {
    lastFault = message;
    return Outcome.REFUSED;
  }

  /** A thread, or an interrupt, takes the step that it is at. */
  Outcome step(String name, String pc) {
    boolean may = DomainThreads.isInterrupt(name) ? !memory.halted() : dispatch.mayRun(name);
    if (!threads.pc(name).equals(pc) || !may) {
      return refuse(name + " is not at this step, or may not run");
    }
    return run(name, () -> kernel.step(threads.address(name)));
  }

  /** The same, where an allocation may fail. */
  Outcome allocate(String name, String pc, String what, boolean fails) {
    trace.fail(fails ? what : "");
    Outcome outcome = step(name, pc);
    trace.fail("");
    return outcome;
  }

  /** A tick goes on as the environment chooses. */
  Outcome choose(String name, Choice choice) {
    int core = DomainModel.core(name);
    boolean asks = choice == Choice.END || memory.tasks(core) > 0;
    if (!asks || choice == Choice.BLOCK && !model.blocking()) {
      return refuse("nothing of the kind happens in this tick");
    }
    if (!threads.pc(name).equals("R2") || !dispatch.mayRun(name)) {
      return refuse("there is no tick, or it may not go on");
    }
    return run(
        name,
        () -> {
          kernel.top(threads.address(name)).set(ChosenTick.CHOICE, choice.ordinal());
          kernel.step(threads.address(name));
        });
  }

  /** A callback goes on that waited. */
  Outcome resume(String name) {
    if (!threads.pc(name).equals("R2d") || !dispatch.mayRun(name)) {
      return refuse("no callback waits, or it may not run");
    }
    return run(
        name,
        () -> {
          kernel.enter(firmware.thread(model.bootThread(0)));
          kernel.unblock(threads.address(name));
          kernel.step(threads.address(name));
        });
  }

  /** The timer expires, and a core begins to serve the interrupt. */
  Outcome interrupt(String name) {
    int core = DomainModel.core(name);
    boolean comes =
        !memory.halted()
            && memory.timer().equals("running")
            && model.interruptCores().stream().allMatch(each -> dispatch.isIdle("isr" + each))
            && !dispatch.isMasked(core);
    if (!comes) {
      return refuse("no interrupt comes now");
    }
    lastFault = "";
    firmware.beginInterrupt(DomainBoot.LL_TIMER, core);
    return Outcome.DONE;
  }

  /** An idle thread begins a call. */
  Outcome begin(String name, Runnable call) {
    if (!dispatch.isIdle(name) || !dispatch.mayRun(name)) {
      return refuse(name + " is in a call, or may not run");
    }
    return run(
        name,
        () -> {
          kernel.enter(threads.address(name));
          call.run();
        });
  }

  private Outcome run(String name, Runnable part) {
    lastFault = "";
    String pc = threads.pc(name);
    int core = threads.coreOfCall(name);
    int thread = threads.address(name);
    Mark before = ram.mark();
    try {
      part.run();
      while (threads.isInsideStep(name)) {
        kernel.step(thread);
      }
      if (waits(name) || !pc.equals(DomainThreads.IDLE) && isAt(name, pc, core)) {
        ram.undoTo(before);
        return refuse(name + " waits");
      }
    } catch (MemoryFault fault) {
      String message = fault.describe(firmware.machine().map());
      stop(before, thread, Why.of(fault), ObjectType.NONE, message);
    } catch (FirmwareStop stop) {
      stop(before, thread, Why.of(stop), ObjectType.NONE, String.valueOf(stop.getMessage()));
    } catch (ObjectMisuse misuse) {
      stop(before, thread, Why.MISUSE, misuse.type(), String.valueOf(misuse.getMessage()));
    } finally {
      ram.forgetMarks();
    }
    return Outcome.DONE;
  }

  private boolean waits(String name) {
    int thread = threads.address(name);
    return thread != 0 && KThread.state(ram, thread) == ThreadState.PENDING;
  }

  private boolean isAt(String name, String pc, int core) {
    return threads.pc(name).equals(pc) && threads.coreOfCall(name) == core;
  }

  private void stop(Mark before, int thread, Why why, ObjectType object, String message) {
    ram.undoTo(before);
    lastFault = why + ": " + message;
    memory.stop(thread, why, object);
  }
}
