package io.ringfence.binding;

/** A trace or a model asks for something that the bound spec does not have. */
public final class BindingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what was asked for, where, and what exists. */
  public BindingException(String message) {
    super(message);
  }
}
