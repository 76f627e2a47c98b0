package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a step can suspend its thread: before, or after, the thread runs one of these labels. */
enum PausePoint {
  LL_LOCK(true, "LOCK"),
  LL_UNLOCK(false, "UNLOCK"),
  DOMAIN_LOCK(true, "P5_LOCK", "Q2_LOCK", "V9_LOCK", "W1_LOCK"),
  DOMAIN_UNLOCK(false, "P7_UNLOCK", "Q4_CLEAR_HANDLER", "V9_UNLOCK", "W2_CLEAR_HANDLER"),
  SEM_TAKE(true, "F6_TAKE");

  private final boolean before;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of() returns an immutable set
  private final Set<String> labels;

  PausePoint(boolean before, String... labels) {
    this.before = before;
    this.labels = Set.of(labels);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a step asks for: the n-th passage of a point. Counts down. */
  static final class Request {
    private final PausePoint point;
    private int countdown;

    private Request(PausePoint point, int nth) {
      this.point = point;
      this.countdown = nth;
    }

    /** What a step asks for, or null. */
    static @Nullable Request of(JsonNode step) {
      JsonNode request = step.path("pause_at");
      if (request.isMissingNode()) {
        return null;
      }
      for (PausePoint point : values()) {
        if (point.label().equals(request.path("point").asText())) {
          return new Request(point, request.path("nth").asInt(1));
        }
      }
      throw new BadStepException("there is no point to pause at in " + request);
    }

    PausePoint point() {
      return point;
    }

    /** Whether the thread is to be suspended before it runs a label. */
    boolean hitsBefore(String label) {
      return point.before && passes(label);
    }

    /** Whether the thread is to be suspended after it ran a label. */
    boolean hitsAfter(String label) {
      return !point.before && passes(label);
    }

    private boolean passes(String label) {
      return point.labels.contains(label) && --countdown == 0;
    }
  }
}
