package io.ringfence.tlc;

/** Thrown when TLC's output is not what TLC prints: broken framing, or a text of another shape. */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String description;

  ProtocolException(String description) {
    super(description);
    this.description = description;
  }

  @Override
  public String getMessage() {
    return description;
  }
}
