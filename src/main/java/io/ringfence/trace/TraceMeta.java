package io.ringfence.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a trace besides its states: which model it belongs to, and how it was found.
 *
 * <p>The keys {@code format}, {@code format-description} and {@code loopAction} are not for here:
 * they describe a file, or its {@link Loop}, and {@link ItfWriter} adds them.
 *
 * @param entries texts by key, in the order in which they are written
 */
public record TraceMeta(Map<String, String> entries) {
  /** The name of the model in the manifest. */
  public static final String MODEL = "model";

  /** The hash of the modules and the configuration of the model. */
  public static final String MODEL_HASH = "modelHash";

  /** The property that the trace violates or witnesses. */
  public static final String PROPERTY = "property";

  /** The program, with its version, that found the trace. */
  public static final String TOOL = "tool";

  /** The root module. */
  public static final String SPEC = "spec";

  /** The configuration file of TLC. */
  public static final String CONFIG = "config";

  /** The command that finds the trace again. */
  public static final String COMMAND = "command";

  /** Nothing known. */
  public static final TraceMeta EMPTY = new TraceMeta(Map.of());

  /** Copy the entries, keeping their order. */
  public TraceMeta {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Return the text of a key, if it is known. */
  public Optional<String> get(String key) {
    return Optional.ofNullable(entries.get(key));
  }
}
