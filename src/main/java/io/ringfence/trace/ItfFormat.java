package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.util.Set;

/**
 * The names of ITF (ADR-015, revision of 2023-09-14), and the limits that reader and writer share.
 */
final class ItfFormat {
  static final String META = "#meta";
  static final String VARS = "vars";
  static final String STATES = "states";
  static final String LOOP = "loop";

  /** The action that leads back, in the metadata of the trace: ITF has no place for it. */
  static final String LOOP_ACTION = "loopAction";

  static final String BIGINT = "#bigint";
  static final String TUPLE = "#tup";
  static final String SET = "#set";
  static final String MAP = "#map";
  static final String UNSERIALIZABLE = "#unserializable";

  static final String FORMAT = "format";
  static final String FORMAT_DESCRIPTION = "format-description";
  static final String DESCRIPTION_URL = "https://apalache-mc.org/docs/adr/015adr-trace.html";

  /** Keys in the metadata of a trace that are no texts of its own. */
  static final Set<String> RESERVED = Set.of(FORMAT, FORMAT_DESCRIPTION, LOOP_ACTION);

  static final String INDEX = "index";
  static final String ACTION = "action";
  static final String PARAMETERS = "parameters";

  /** How deep JSON may nest; a value in a function costs three levels. */
  static final int MAX_NESTING = 1000;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .build();

  private ItfFormat() {}
}
