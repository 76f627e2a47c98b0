package io.ringfence.binding;

import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

/** Draws user threads that are in system calls, and the one lock that these share. */
public final class StepThreadsDrawing {
  /** Any core can run any of these threads. */
  public static final String ANY_CORE = "any";

  private StepThreadsDrawing() {}

  /**
   * Adds the threads and their lock to a drawing.
   *
   * @param names what the spec calls the threads, in the order of the firmware
   * @param lock what the lock is called
   * @param taking the labels of the steps that take the lock
   * @param call the function in C that a thread is in, if it is in any
   */
  public static <L extends Enum<L>> ThreadDrawing draw(
      List<String> names,
      StepThreads<L> threads,
      String lock,
      Set<L> taking,
      IntFunction<String> call) {
    int holder = threads.mutexHolder();
    ThreadDrawing drawing =
        new ThreadDrawing(threads.stopped())
            .lock(lock, LockKind.MUTEX, holder == StepThreads.NONE ? null : names.get(holder));
    for (int i = 0; i < names.size(); i++) {
      drawing.thread(names.get(i), ANY_CORE, Mode.USER, stand(threads, i, lock, taking, call));
    }
    return drawing;
  }

  private static <L extends Enum<L>> Stand stand(
      StepThreads<L> threads, int thread, String lock, Set<L> taking, IntFunction<String> call) {
    if (threads.isDead(thread)) {
      return Stand.dead(Why.VERIFY);
    }
    if (threads.isIdle(thread)) {
      return Stand.IDLE;
    }
    L label = threads.label(thread);
    Stand stand = Stand.at(label.name().toLowerCase(Locale.ROOT), List.of(call.apply(thread)));
    return taking.contains(label) ? stand.taking(lock) : stand;
  }
}
