package io.ringfence.scenario;

import org.jspecify.annotations.Nullable;

/** A file is no scenario, or one that this program does not know how to run. */
public final class ScenarioFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says in which file what is wrong. */
  public ScenarioFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
