package io.ringfence.export;

import io.ringfence.trace.ActionCall;

/** A trace cannot be expressed in a format. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what cannot be expressed, and why. */
  public ExportException(String message) {
    super(message);
  }

  /** An action that a family does not know. */
  static ExportException unknown(ActionCall call) {
    return new ExportException(call + " has no counterpart in C");
  }

  /** A step that needs memory to run out. */
  static ExportException noFailure(ActionCall call) {
    return new ExportException(call + ": a test in C cannot make an allocation fail");
  }
}
