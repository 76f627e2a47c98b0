package io.ringfence.export;

/** A trace cannot be expressed in a format. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what cannot be expressed, and why. */
  public ExportException(String message) {
    super(message);
  }
}
