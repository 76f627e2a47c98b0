package io.ringfence.binding;

import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Draws threads that can stop between any two steps of a call, and the mutex that they share. */
public final class StepThreadsDrawing {
  /** Another thread of the same memory domain, which overwrites words there. */
  private static final String ATTACKER = "attacker";

  private StepThreadsDrawing() {}

  /**
   * Begins a drawing with the mutex that the threads share.
   *
   * @param names what the spec calls the threads, in the order of the firmware
   */
  public static ThreadDrawing begin(List<String> names, StepThreads<?> threads, String mutex) {
    int holder = threads.mutexHolder();
    return new ThreadDrawing(threads.stopped())
        .lock(mutex, LockKind.MUTEX, holder == StepThreads.NONE ? null : names.get(holder));
  }

  /**
   * Adds the threads, after all locks.
   *
   * @param mode how privileged a thread is, outside of its calls
   * @param taking the name of the lock that a thread's next step takes; empty if it takes none
   * @param call the function in C that a thread is in, if it is in any
   * @param isAttacked whether there is an attacker, too, who is no thread with a frame
   */
  public static ThreadDrawing addThreads(
      ThreadDrawing drawing,
      List<String> names,
      StepThreads<?> threads,
      IntFunction<Mode> mode,
      IntFunction<String> taking,
      IntFunction<String> call,
      boolean isAttacked) {
    for (int i = 0; i < names.size(); i++) {
      drawing.thread(
          names.get(i), ThreadPicture.ANY_CORE, mode.apply(i), stand(threads, i, taking, call));
    }
    if (isAttacked) {
      drawing.thread(ATTACKER, ThreadPicture.ANY_CORE, Mode.USER, Stand.IDLE);
    }
    int actor = threads.current();
    return drawing.actor(
        actor != StepThreads.NONE ? names.get(actor) : isAttacked ? ATTACKER : null);
  }

  private static Stand stand(
      StepThreads<?> threads, int thread, IntFunction<String> taking, IntFunction<String> call) {
    if (threads.isDead(thread)) {
      return Stand.dead(Why.VERIFY);
    }
    if (threads.isIdle(thread)) {
      return Stand.IDLE;
    }
    String label = threads.label(thread).name().toLowerCase(Locale.ROOT);
    Stand stand = Stand.at(label, List.of(call.apply(thread))).taking(taking.apply(thread));
    return thread == threads.current() ? stand.stopping(threads.stopped()) : stand;
  }
}
