package io.ringfence.binding.edf;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.edf.EdfFrame;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Ram;
import java.util.List;

/**
 * Draws the clients, the thread of the work queue and its two lists. The queue's own lock is held
 * within a step only, so no thread is ever seen with it.
 */
final class EdfThreadPicture {
  private final EdfModel model;
  private final LlFirmware firmware;
  private final EdfView view;
  private final EdfState state;
  private final Ram ram;
  private final int halt;

  EdfThreadPicture(EdfModel model, LlFirmware firmware, EdfView view, EdfState state) {
    this.model = model;
    this.firmware = firmware;
    this.view = view;
    this.state = state;
    this.ram = firmware.ram();
    this.halt = firmware.machine().address("halt");
  }

  ThreadPicture draw() {
    Why why = Why.at(ram.load32(Halt.WHY.in(halt)));
    ThreadDrawing drawing = new ThreadDrawing(why);
    List<String> names = model.threads();
    for (int i = 0; i < names.size(); i++) {
      int thread = view.thread(i);
      drawing.thread(
          names.get(i),
          String.valueOf(KThread.get(ram, thread, KThread.CORE)),
          KThread.get(ram, thread, KThread.USER) == 0 ? Mode.KERNEL : Mode.USER,
          stand(thread, why));
    }
    int actor = view.threads().indexOf(firmware.kernel().cpu().thread());
    return drawing
        .actor(actor < 0 ? null : names.get(actor))
        .draw(
            List.of(
                list("work queue", view.edf().pending()),
                list("list of timeouts", view.edf().delayed())),
            List.of());
  }

  private Stand stand(int thread, Why why) {
    if (why != Why.NOTHING && ram.load32(Halt.THREAD.in(halt)) == thread) {
      return Stand.dead(why);
    }
    List<EdfFrame> frames = view.frames(thread);
    if (frames.isEmpty()) {
      return Stand.IDLE;
    }
    Stand stand =
        Stand.at(EdfState.label(frames.get(frames.size() - 1)), firmware.kernel().calls(thread));
    return KThread.state(ram, thread) == ThreadState.PENDING ? stand.waitingFor("work") : stand;
  }

  private ItemList list(String name, List<Integer> tasks) {
    return new ItemList(
        name,
        tasks.stream().map(this::item).toList(),
        tasks.stream().anyMatch(this::isGone) ? "leads into dead memory" : "");
  }

  private Item item(int address) {
    int task = view.taskAt(address);
    boolean isLive = task >= 0 && view.isLive(task);
    return new Item(
        state.taskName(address), isLive ? EdfState.stateName(view.state(task)) : "gone");
  }

  private boolean isGone(int address) {
    int task = view.taskAt(address);
    return task < 0 || view.isGone(task);
  }
}
