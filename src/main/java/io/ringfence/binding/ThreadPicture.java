package io.ringfence.binding;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the firmware's threads after one step, and of what they share.
 *
 * @param lanes the threads that there are, in an order that stays the same from step to step
 * @param locks what excludes threads from each other
 * @param lists lists whose order or links matter, each walked from its head
 * @param counters numbers that are kept beside the lists
 * @param actor the name of the thread that took the step, as the firmware has it; null if it was
 *     none of them
 */
public record ThreadPicture(
    List<Lane> lanes,
    List<Lock> locks,
    List<ItemList> lists,
    List<Counter> counters,
    @Nullable String actor) {
  /** The core of a thread for which it makes no difference. */
  public static final String ANY_CORE = "";

  /** The picture of firmware that has one thread only. */
  public static final ThreadPicture NONE =
      new ThreadPicture(List.of(), List.of(), List.of(), List.of(), null);

  /** How privileged a thread is. */
  public enum Mode {
    /** A kernel thread. */
    KERNEL,
    /** A user thread. */
    USER,
    /** An interrupt handler. */
    INTERRUPT
  }

  /** What a thread is doing. */
  public enum Status {
    /** It has the core. */
    RUNNING,
    /** It could take the next step. */
    READY,
    /** No call is in progress; it could begin one. */
    IDLE,
    /** It waits for an event: a semaphore, the timer. */
    WAITING,
    /** It cannot have a lock that another thread holds. */
    BLOCKED,
    /** It was killed, by a fault or by another thread. */
    ABORTED,
    /** It loops for ever. */
    HUNG,
    /** Hardware would go on, and what it would do is undefined: no step of it is simulated. */
    UNFOLLOWED,
    /** It returned. */
    ENDED;

    /** The status in words. */
    public String text() {
      return switch (this) {
        case HUNG -> "endless loop";
        case UNFOLLOWED -> "not followed further";
        default -> name().toLowerCase(Locale.ROOT);
      };
    }
  }

  /** What a lock does to others. */
  public enum LockKind {
    /** Threads that want it block. */
    MUTEX,
    /** Other cores that want it spin. */
    SPIN_LOCK,
    /** Nothing else runs on the core. */
    INTERRUPT_MASK
  }

  /**
   * A thread.
   *
   * @param name unique in the picture, and where the spec's actions name it, the same
   * @param core the number or the name of the core that it runs on, for example {@code 0}; or
   *     {@link #ANY_CORE}
   * @param detail what it waits for, what blocks it, what it loops with, or why it does not run or
   *     is not followed; may be empty
   * @param label the label of its next step; may be empty
   * @param calls the functions that it is in, outermost first; of an idle thread, those of the call
   *     that it began and ended in this step
   */
  public record Lane(
      String name,
      String core,
      Mode mode,
      Status status,
      String detail,
      String label,
      List<String> calls) {}

  /**
   * A lock.
   *
   * @param owner the name of the thread that holds it, or null
   * @param depth how often the owner took it; 0 without an owner
   * @param waiting the names of the threads that want it
   */
  public record Lock(
      String name, LockKind kind, @Nullable String owner, int depth, List<String> waiting) {}

  /**
   * A list.
   *
   * @param name for example {@code tasks of LL_TIMER@0}
   * @param items as a walk from the head meets them
   * @param broken why the walk did not come back to the head, for example {@code leads into dead
   *     memory}, {@code cycle}, {@code NULL}; empty if it did
   */
  public record ItemList(String name, List<Item> items, String broken) {}

  /**
   * What a list leads to.
   *
   * @param state its state in a word; may be empty
   */
  public record Item(String name, String state) {}

  /** A number. */
  public record Counter(String name, String value) {}
}
