package io.ringfence.binding;

import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws threads that can stop between any two steps of a call. What a thread does follows from
 * where its call stands, and from who holds the lock that its next step takes.
 */
public final class ThreadDrawing {
  private final Why halt;
  private final Map<String, Held> locks = new LinkedHashMap<>();
  private final List<Lane> lanes = new ArrayList<>();
  private @Nullable String actor;

  /** A lock, and who waits for it so far. */
  private record Held(LockKind kind, @Nullable String owner, List<String> waiting) {}

  /**
   * How a thread stands.
   *
   * @param died why it makes no more steps, or {@link Why#NOTHING}
   * @param label its next step; empty if it is in no call
   * @param calls the functions that it is in, outermost first
   * @param waitsFor the event without which it cannot go on; empty if there is none
   * @param takes the name of the lock that its next step takes; empty if it takes none
   */
  public record Stand(Why died, String label, List<String> calls, String waitsFor, String takes) {
    /** A thread that is in no call. */
    public static final Stand IDLE = new Stand(Why.NOTHING, "", List.of(), "", "");

    /** A thread in a call whose next step needs nothing. */
    public static Stand at(String label, List<String> calls) {
      return new Stand(Why.NOTHING, label, calls, "", "");
    }

    /**
     * A thread that took this step and is in no call any more.
     *
     * @param function what it called; empty if it did not call anything
     */
    public static Stand called(String function) {
      return diedIn(Why.NOTHING, function);
    }

    /** A thread that makes no more steps. */
    public static Stand dead(Why why) {
      return new Stand(why, "", List.of(), "", "");
    }

    /**
     * A thread that makes no more steps after this one.
     *
     * @param function the call that it is in; empty if it is in none
     */
    public static Stand diedIn(Why why, String function) {
      return new Stand(why, "", function.isEmpty() ? List.of() : List.of(function), "", "");
    }

    /** The same thread; if there is a reason, its step was the one that stopped all. */
    public Stand stopping(Why why) {
      return new Stand(why, label, calls, waitsFor, takes);
    }

    /** The same thread, waiting for an event. */
    public Stand waitingFor(String event) {
      return new Stand(died, label, calls, event, takes);
    }

    /** The same thread, about to take a lock. */
    public Stand taking(String lock) {
      return new Stand(died, label, calls, waitsFor, lock);
    }
  }

  /**
   * Begins a drawing.
   *
   * @param halt why no thread makes any more steps, or {@link Why#NOTHING}
   */
  public ThreadDrawing(Why halt) {
    this.halt = halt;
  }

  /**
   * Adds a lock. Locks come before the threads that may want them.
   *
   * @param owner the name of the thread that holds it, or null
   */
  public ThreadDrawing lock(String name, LockKind kind, @Nullable String owner) {
    locks.put(name, new Held(kind, owner, new ArrayList<>()));
    return this;
  }

  /** Adds a thread. */
  public ThreadDrawing thread(String name, String core, Mode mode, Stand stand) {
    if (stand.died() != Why.NOTHING || halt != Why.NOTHING) {
      boolean isCulprit = stand.died() != Why.NOTHING;
      ThreadEnd end = isCulprit ? ThreadEnd.of(stand.died()) : ThreadEnd.ofOthers(halt);
      return lane(
          new Lane(name, core, mode, end.status(), end.detail(), stand.label(), stand.calls()));
    }
    Held inTheWay = inTheWay(name, stand);
    Status status = status(stand, inTheWay != null);
    if (status == Status.BLOCKED && inTheWay != null) {
      inTheWay.waiting().add(name);
    }
    lanes.add(
        new Lane(name, core, mode, status, detail(status, stand), stand.label(), stand.calls()));
    return this;
  }

  /** Adds a thread as it is. */
  public ThreadDrawing lane(Lane lane) {
    lanes.add(lane);
    return this;
  }

  /** Says which thread took the step; null for none of them. */
  public ThreadDrawing actor(@Nullable String name) {
    actor = name;
    return this;
  }

  /** The lock that the thread's next step takes, if somebody else holds it. */
  private @Nullable Held inTheWay(String name, Stand stand) {
    Held lock = locks.get(stand.takes());
    return lock == null || lock.owner() == null || lock.owner().equals(name) ? null : lock;
  }

  private Status status(Stand stand, boolean isBlocked) {
    if (stand.label().isEmpty()) {
      return Status.IDLE;
    }
    if (!stand.waitsFor().isEmpty()) {
      return Status.WAITING;
    }
    return isBlocked ? Status.BLOCKED : Status.READY;
  }

  private String detail(Status status, Stand stand) {
    return switch (status) {
      case WAITING -> stand.waitsFor();
      case BLOCKED -> "the " + stand.takes();
      default -> "";
    };
  }

  /** Finishes the drawing. */
  public ThreadPicture draw(List<ItemList> lists, List<Counter> counters) {
    List<Lock> drawn = new ArrayList<>();
    locks.forEach(
        (name, lock) ->
            drawn.add(
                new Lock(
                    name,
                    lock.kind(),
                    lock.owner(),
                    lock.owner() == null ? 0 : 1,
                    List.copyOf(lock.waiting()))));
    return new ThreadPicture(List.copyOf(lanes), drawn, lists, counters, actor);
  }
}
