package io.ringfence.verify;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParseException;
import io.ringfence.trace.ValueParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trace from a file, with what its metadata says about the model: enough to replay it without the
 * model.
 *
 * @param spec the specification, one of {@link Bindings#specs()}
 * @param constants the constants that the binding needs
 */
public record RecordedTrace(Trace trace, String spec, Map<String, Value> constants) {

  /**
   * Reads an ITF file that Ringfence wrote.
   *
   * @throws BadInputException if there is no such file, or if it does not say what it is a trace of
   * @throws io.ringfence.trace.ItfFormatException if it is not ITF
   */
  public static RecordedTrace read(Path file) throws IOException {
    InputFile.require(file, "'./ringfence verify' writes traces to reports/traces");
    Trace trace = ItfReader.read(file);
    String spec =
        trace
            .meta()
            .get(TraceMeta.SPEC)
            .orElseThrow(
                () ->
                    new BadInputException(
                        file
                            + ": #meta."
                            + TraceMeta.SPEC
                            + " is missing, so the trace does not"
                            + " say which spec it is of; it should be one of "
                            + Bindings.specs()));
    Map<String, Value> constants = new LinkedHashMap<>();
    for (String name : Bindings.constants(spec)) {
      constants.put(name, constant(file, trace, name));
    }
    return new RecordedTrace(trace, spec, Map.copyOf(constants));
  }

  private static Value constant(Path file, Trace trace, String name) {
    String key = ModelSession.CONSTANT + name;
    String text =
        trace
            .meta()
            .get(key)
            .orElseThrow(
                () ->
                    new BadInputException(
                        file
                            + ": #meta."
                            + key
                            + " is missing; only traces that Ringfence wrote say what model they"
                            + " are of"));
    try {
      return ValueParser.parse(text);
    } catch (ValueParseException e) {
      throw new BadInputException(file + ": #meta." + key + ": " + e.getMessage(), e);
    }
  }

  /** Replays the trace on the design it is of, or with switches on another one. */
  public Replay replay(Switches switches) {
    BoundFirmware firmware = Bindings.open(spec, constants, switches);
    return switches.equals(Switches.NONE)
        ? Replayer.replay(trace, firmware, false)
        : Replayer.replayElsewhere(trace, Bindings.open(spec, constants, Switches.NONE), firmware);
  }
}
