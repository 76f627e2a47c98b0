package io.ringfence.firmware.trust;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.trust.TrustWord.Repair;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FunctionTable;

/** What all routines need: words, the frame, and calls through pointers. */
final class Kernel {
  final Cpu cpu;
  final Design design;
  final TrustMemory memory;
  final KernelRun run;
  private final FunctionTable<KernelFunction> functions;

  Kernel(
      Cpu cpu,
      Design design,
      TrustMemory memory,
      KernelRun run,
      FunctionTable<KernelFunction> functions) {
    this.cpu = cpu;
    this.design = design;
    this.memory = memory;
    this.run = run;
    this.functions = functions;
  }

  /** Loads a word; in a design where the kernel has a copy of its own, loads that. */
  int load(TrustWord word) {
    return cpu.load32(keeps(word) ? memory.copy(word) : memory.address(word));
  }

  /** Stores into a word, and into the kernel's copy if there is one. */
  void store(TrustWord word, int value) {
    cpu.store32(memory.address(word), value);
    storeCopy(word, value);
  }

  /** Stores into the kernel's copy of a word, if there is one. */
  void storeCopy(TrustWord word, int value) {
    if (keeps(word)) {
      cpu.store32(memory.copy(word), value);
    }
  }

  boolean keeps(TrustWord word) {
    return word.repair() == Repair.KEEP && repairs(word);
  }

  boolean repairs(TrustWord word) {
    return word.fix() != null && design.has(word.fix());
  }

  void touch(Touch touch, int object) {
    run.touch(run.routine(), touch, object);
  }

  /** Whether the task was scheduled and not freed since. */
  boolean isQueued() {
    int state = cpu.ram().load32(Task.STATE.in(memory.task));
    return state == Task.STATE_QUEUED || state == Task.STATE_RUNNING;
  }

  /** Starts a routine whose first step leads to another one. */
  void begin(Routine routine, Step next) {
    run.go(routine, next);
  }

  /** Calls the function at an address, which must be code that the kernel may execute. */
  void call(Touch touch, int function) {
    touch(touch, function);
    cpu.fetch(functions, function).call();
  }
}
