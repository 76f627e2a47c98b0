package io.ringfence.report;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock in the lane of a thread, after one step.
 *
 * @param position which of the lane's bars it is, from 0
 * @param hold how the thread stands to the lock
 * @param begins whether it did not stand so before
 * @param ends whether it will not after the next step
 * @param text what it says
 * @param news whether the text is news
 */
public record LockBar(
    int position,
    LockKind kind,
    Hold hold,
    int depth,
    boolean begins,
    boolean ends,
    String text,
    boolean news) {

  /** How a thread stands to a lock. */
  public enum Hold {
    /** It holds the lock. */
    HELD,
    /** It wants the lock. */
    WANTED,
    /** Neither. */
    FREE
  }

  /** How deep a thread is in a lock. */
  private record Grip(Hold hold, int depth) {}

  /**
   * The bar of a lock in a lane.
   *
   * @param before the picture before the step, or null
   * @param after the picture after the next step, or null
   */
  static LockBar of(
      int position,
      Lock lock,
      String thread,
      @Nullable ThreadPicture before,
      ThreadPicture now,
      @Nullable ThreadPicture after) {
    Grip was = grip(before, lock.name(), thread);
    Grip is = grip(now, lock.name(), thread);
    boolean news = !was.equals(is);
    return new LockBar(
        position,
        lock.kind(),
        is.hold(),
        is.depth(),
        was.hold() != is.hold(),
        after == null || grip(after, lock.name(), thread).hold() != is.hold(),
        text(lock.name(), news && before != null ? was : is, is),
        news);
  }

  /** The locks that a thread holds or wants in any of some pictures, each once. */
  static List<Lock> of(List<ThreadPicture> pictures, String thread) {
    return pictures.stream()
        .flatMap(picture -> picture.locks().stream())
        .filter(lock -> grip(lock, thread).hold() != Hold.FREE)
        .map(lock -> new Lock(lock.name(), lock.kind(), null, 0, List.of()))
        .distinct()
        .toList();
  }

  private static Grip grip(@Nullable ThreadPicture picture, String lock, String thread) {
    return picture == null
        ? new Grip(Hold.FREE, 0)
        : picture.locks().stream()
            .filter(other -> other.name().equals(lock))
            .findFirst()
            .map(other -> grip(other, thread))
            .orElse(new Grip(Hold.FREE, 0));
  }

  private static Grip grip(Lock lock, String thread) {
    if (thread.equals(lock.owner())) {
      return new Grip(Hold.HELD, lock.depth());
    }
    return new Grip(lock.waiting().contains(thread) ? Hold.WANTED : Hold.FREE, 0);
  }

  private static String text(String lock, Grip was, Grip is) {
    String depth = is.depth() > 1 ? " (" + is.depth() + " deep)" : "";
    return switch (is.hold()) {
      case HELD ->
          switch (was.hold()) {
                case FREE -> "takes " + lock;
                case WANTED -> "gets " + lock;
                case HELD ->
                    is.depth() > was.depth()
                        ? "takes " + lock + " again"
                        : (is.depth() < was.depth()
                            ? "releases " + lock + " once"
                            : "holds " + lock);
              }
              + depth;
      case WANTED -> (was.hold() == Hold.HELD ? "lost, and waits for " : "waits for ") + lock;
      case FREE -> (was.hold() == Hold.HELD ? "releases " : "gives up ") + lock;
    };
  }
}
