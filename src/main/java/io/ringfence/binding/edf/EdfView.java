package io.ringfence.binding.edf;

import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.edf.EdfFrame;
import io.ringfence.firmware.edf.EdfFrame.Kind;
import io.ringfence.firmware.edf.EdfTask;
import io.ringfence.firmware.edf.Work;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a debugger sees: tasks and threads by their indices in the model. */
final class EdfView {
  private final LlFirmware firmware;
  private final EdfModel model;
  private final Ram ram;
  private final List<Integer> threads;

  EdfView(EdfModel model, LlFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.ram = firmware.ram();
    List<Integer> addresses = new ArrayList<>();
    for (int index = 0; index < model.clients().size(); index++) {
      addresses.add(firmware.thread(index));
    }
    addresses.add(firmware.edf().thread());
    this.threads = List.copyOf(addresses);
  }

  EdfFirmware edf() {
    return firmware.edf();
  }

  /** The address of a thread, that of the queue being the last. */
  int thread(int index) {
    return threads.get(index);
  }

  List<Integer> threads() {
    return threads;
  }

  /** The index of the task at an address. */
  int taskAt(int address) {
    for (int index = 0; index < model.tasks().size(); index++) {
      if (firmware.task(index) == address) {
        return index;
      }
    }
    return -1;
  }

  boolean isInitialized(int task) {
    return ram.load32(Task.SCH.in(firmware.task(task))) != 0;
  }

  boolean isGone(int task) {
    return edf().isDead(firmware.task(task));
  }

  boolean isLive(int task) {
    return isInitialized(task) && !isGone(task);
  }

  int state(int task) {
    return ram.load32(Task.STATE.in(firmware.task(task)));
  }

  boolean hasRun(int task) {
    return ram.load32(Task.RUN.in(firmware.task(task))) != 0;
  }

  int flags(int task) {
    return ram.load32(Work.FLAGS.in(EdfTask.WORK.in(firmware.task(task))));
  }

  /** The frames of a thread, outermost first. A callback is about the task of its handler. */
  List<EdfFrame> frames(int thread) {
    Kernel kernel = firmware.kernel();
    List<Integer> addresses = new ArrayList<>(kernel.frames(thread));
    int top = addresses.isEmpty() ? 0 : addresses.get(0);
    Collections.reverse(addresses);
    List<EdfFrame> frames = new ArrayList<>();
    int handled = 0;
    for (int address : addresses) {
      EdfFrame frame =
          EdfFrame.read(kernel, thread, address, address == top)
              .orElseGet(() -> runCallback(thread, address));
      boolean isCallback = frame.kind() == Kind.RUN || frame.kind() == Kind.COMPLETE;
      handled = frame.kind() == Kind.HANDLER ? frame.task() : handled;
      frames.add(isCallback ? frame.about(handled) : frame);
    }
    return frames;
  }

  private EdfFrame runCallback(int thread, int address) {
    Frame frame = firmware.kernel().frameAt(thread, address);
    return new EdfFrame(
        Kind.RUN,
        ClientCallback.At.R2D_CALLBACK.name(),
        0,
        frame.get(ClientCallback.PROGRESS),
        true,
        false);
  }

  /** Whether a call is in progress for a task, those of a thread left out. */
  boolean isCalled(int task, int butBy) {
    return threads().stream()
        .filter(thread -> thread != butBy)
        .flatMap(thread -> frames(thread).stream())
        .anyMatch(frame -> frame.isCall() && taskAt(frame.task()) == task);
  }

  /** Whether a thread is in a call to schedule a task. */
  boolean isBeingScheduled(int task) {
    return threads().stream()
        .flatMap(thread -> frames(thread).stream())
        .anyMatch(frame -> frame.kind() == Kind.SCHEDULE && taskAt(frame.task()) == task);
  }
}
