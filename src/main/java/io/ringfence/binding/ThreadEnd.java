package io.ringfence.binding;

import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.Why;
import java.util.Locale;

/**
 * How a thread is drawn that makes no more steps. An exception, a panic or an oops ends it on
 * hardware, too. Memory that was freed, or never written, stops no hardware: there the simulation
 * ends, not the thread.
 *
 * @param detail as in {@link ThreadPicture.Lane}
 */
public record ThreadEnd(Status status, String detail) {
  /** How the thread is drawn whose step was the last one. */
  public static ThreadEnd of(Why why) {
    return why == Why.HANG
        ? new ThreadEnd(Status.HUNG, "")
        : new ThreadEnd(isSeenByHardware(why) ? Status.ABORTED : Status.UNFOLLOWED, text(why));
  }

  /** How the other threads are drawn that do not go on either. */
  public static ThreadEnd ofOthers(Why why) {
    return why != Why.HANG && isSeenByHardware(why)
        ? new ThreadEnd(Status.ABORTED, "all stopped: " + text(why))
        : new ThreadEnd(Status.UNFOLLOWED, "");
  }

  private static boolean isSeenByHardware(Why why) {
    return switch (why) {
      case USE_AFTER_FREE, OUT_OF_BOUNDS, INVALID_FREE, UNINITIALIZED, MISUSE -> false;
      default -> true;
    };
  }

  /** A reason in words. */
  public static String text(Why why) {
    return switch (why) {
      case NULL_DEREFERENCE -> "NULL dereference";
      case OUT_OF_BOUNDS -> "access outside of any block";
      case UNINITIALIZED -> "uninitialized read";
      case MISUSE -> "initialization of an object in use";
      case HANG -> "endless loop";
      default -> why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
