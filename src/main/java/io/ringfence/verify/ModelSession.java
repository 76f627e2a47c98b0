package io.ringfence.verify;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.conform.ConformListener;
import io.ringfence.conform.Conformance;
import io.ringfence.conform.Conformer;
import io.ringfence.conform.GraphRecorder;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.tlc.ModelProblem;
import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.TraceBuilder;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.EvaluatorPool;
import io.ringfence.tlc.eval.UnreadableModelException;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model opened for evaluation, with the firmware that it describes. */
public final class ModelSession implements AutoCloseable {
  /** Prefix of the keys in a trace's metadata that hold the model's constants. */
  public static final String CONSTANT = "constant.";

  private static final int MOST_DIFFERENCES = 4;

  private final Manifest.Model model;
  private final Evaluator spec;
  private final Map<String, Value> constants = new TreeMap<>();

  private ModelSession(Manifest.Model model, Evaluator spec) {
    this.model = model;
    this.spec = spec;
    for (String name : Bindings.constants(model.spec())) {
      constants.put(name, spec.constant(name));
    }
  }

  /**
   * Opens a model by the configuration of its first claim.
   *
   * @throws BadInputException if a module or the configuration has an error
   * @throws IOException if a file cannot be read
   */
  public static ModelSession open(
      Project project, Manifest.Model model, TlcTools tools, EvaluatorPool evaluators)
      throws IOException {
    return new ModelSession(model, evaluator(project, model, tools, evaluators));
  }

  /**
   * Opens a model for evaluation alone.
   *
   * @throws BadInputException if a module or the configuration has an error
   * @throws IOException if a file cannot be read
   */
  public static Evaluator evaluator(
      Project project, Manifest.Model model, TlcTools tools, EvaluatorPool evaluators)
      throws IOException {
    try {
      return evaluators.open(
          project.models().resolve(model.module()),
          project.models().resolve(model.claims().get(0).config()),
          project.libraries(),
          tools.jar());
    } catch (UnreadableModelException e) {
      throw new BadInputException(ModelProblem.describe(e), e);
    }
  }

  /** The model's constants as TLA+ text. */
  public Map<String, String> constants() {
    Map<String, String> texts = new LinkedHashMap<>();
    constants.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }

  /** Checks spec and firmware against each other on every edge. */
  public Conformance conform(ConformListener listener) throws InterruptedException {
    return Conformer.check(spec, firmware(), model.witnesses(), listener);
  }

  /** The same check, which also keeps the state graph if it is small. */
  Conformance conform(ConformListener listener, GraphRecorder recorder)
      throws InterruptedException {
    return Conformer.check(spec, firmware(), model.witnesses(), listener, recorder);
  }

  private BoundFirmware firmware() {
    return Bindings.open(model.spec(), constants, Switches.NONE);
  }

  /** Completes TLC's counterexample with actions and arguments. */
  public Trace trace(Manifest.Claim claim, TlcOutcome.Violated violated, TlcTools tools) {
    Map<String, String> meta = new LinkedHashMap<>();
    meta.put(TraceMeta.MODEL, model.name());
    meta.put(TraceMeta.SPEC, model.spec());
    meta.put(TraceMeta.CONFIG, claim.config());
    meta.put(TraceMeta.PROPERTY, violated.property().orElse(""));
    meta.put(TraceMeta.TOOL, "TLC " + tools.version());
    constants().forEach((name, value) -> meta.put(CONSTANT + name, value));
    return new TraceBuilder(spec).build(violated.trace(), violated.loop(), new TraceMeta(meta));
  }

  /** Replays a trace on the design that the model describes. */
  public Replay replay(Trace trace) {
    return Replayer.replay(trace, firmware(), true);
  }

  /** Replays a trace on another design, as it is written in a manifest. */
  RunRecord.OtherReplay replayElsewhere(Trace trace, String design, boolean required) {
    Replay replay;
    try {
      BoundFirmware other = Bindings.open(model.spec(), constants, Switches.parse(design));
      replay = Replayer.replayElsewhere(trace, firmware(), other);
    } catch (BindingException e) {
      return new RunRecord.OtherReplay(
          design,
          required,
          RunRecord.OtherReplay.End.UNFIT,
          "",
          null,
          String.valueOf(e.getMessage()));
    }
    String start = line(replay.start());
    Replay.Step parting = replay.parting();
    return parting == null
        ? new RunRecord.OtherReplay(
            design, required, RunRecord.OtherReplay.End.FOLLOWS, start, null, "")
        : new RunRecord.OtherReplay(
            design,
            required,
            RunRecord.OtherReplay.End.PARTS,
            start,
            parting.index(),
            (parting.action() == null ? "initial state" : parting.action())
                + ": "
                + line(parting.differences())
                + (parting.fault().isEmpty() ? "" : " (" + parting.fault() + ")"));
  }

  /** Two designs can differ in all of memory; some of that says enough. */
  private static String line(List<String> differences) {
    int more = differences.size() - MOST_DIFFERENCES;
    return more > 1
        ? String.join("; ", differences.subList(0, MOST_DIFFERENCES)) + "; and " + more + " more"
        : String.join("; ", differences);
  }

  @Override
  public void close() {
    spec.close();
  }
}
