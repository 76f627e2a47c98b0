package io.ringfence.tlc.eval;

import java.nio.file.Path;

/** Thrown when TLC cannot read the text of a model: a module, or its configuration. */
public final class UnreadableModelException extends EvaluationException {
  private static final long serialVersionUID = 1L;

  private final transient Path rootModule;
  private final transient Path config;
  private final String reason;
  private final String said;

  /**
   * Create an exception.
   *
   * @param reason what TLC gives as the reason
   * @param said what its parser printed
   */
  public UnreadableModelException(Path rootModule, Path config, String reason, String said) {
    super(
        rootModule
            + ": TLC cannot read this model with "
            + config
            + ": "
            + reason
            + "\n"
            + said.strip());
    this.rootModule = rootModule;
    this.config = config;
    this.reason = reason;
    this.said = said;
  }

  /** Return the module that was to be evaluated. */
  public Path rootModule() {
    return rootModule;
  }

  /** Return the configuration that it was to be evaluated with. */
  public Path config() {
    return config;
  }

  /** Return what TLC gives as the reason. */
  public String reason() {
    return reason;
  }

  /** Return what TLC's parser printed. */
  public String said() {
    return said;
  }
}
