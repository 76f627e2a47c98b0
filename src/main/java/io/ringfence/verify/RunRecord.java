package io.ringfence.verify;

import io.ringfence.conform.Conformance;
import io.ringfence.replay.Replay;
import io.ringfence.trace.Trace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run, {@code run.json}: the single source of all reports.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param toolVersion Ringfence's version
 * @param command the command line that produced the run
 * @param started ISO 8601 instant
 * @param seconds wall time
 * @param environment commit, JDK, operating system, processors, and TLC version and jar
 * @param kept models of which nothing changed, and that were not checked again: with the instant of
 *     the run that their results are of
 * @param inputs SHA-256 of all that the results of each model depend on: its texts, the tools, the
 *     program, and the options
 * @param catalogue what there is to check, and why some of it is in no model
 * @param sources the texts that the report quotes
 */
public record RunRecord(
    int schema,
    String toolVersion,
    List<String> command,
    String started,
    double seconds,
    Map<String, String> environment,
    Map<String, String> kept,
    Map<String, String> inputs,
    List<PropertyRecord> properties,
    List<ModelRecord> models,
    Catalogue catalogue,
    Sources sources) {

  /** Current {@link #schema()}. */
  public static final int SCHEMA = 8;

  /** What {@link #environment()} calls the commit that was checked. */
  public static final String REVISION = "revision";

  /**
   * A property of a spec.
   *
   * @param id catalogue id, for example {@code OWN-11}; the operator's name if it has none
   * @param name for example {@code KernelListNeverUserReachable}
   * @param operator the TLA+ operator
   * @param spec file of the spec, the one that the model names
   * @param line line of the definition in that module, from 1
   * @param statement the sentence in the spec
   * @param text the definition's TLA+ text
   * @param brokenBy claims (by config) in which it is violated as expected
   */
  public record PropertyRecord(
      String id,
      String name,
      String operator,
      String spec,
      int line,
      String statement,
      String text,
      List<String> brokenBy) {
    /** Whether this is what an operator of a model's spec is. Specs may share names. */
    public boolean is(String operator, ModelRecord model) {
      return this.operator.equals(operator) && spec.equals(model.spec() + ".tla");
    }
  }

  /**
   * A model: one set of constants, several claims, one conformance check.
   *
   * @param variant the design, a row or column of the matrix
   * @param bounds what limits the model, in words
   * @param assumptions what is assumed, in words
   * @param constants the constants' values as TLA+ text
   * @param notApplicable property id to the reason why it says nothing about this model
   * @param shownIn property id to the config of the claim that shows its violation instead
   * @param graph the state graph, or null if it is too large to be shown
   */
  public record ModelRecord(
      String name,
      String title,
      String spec,
      String module,
      String scope,
      String variant,
      List<String> fixes,
      List<String> defects,
      List<String> bounds,
      List<String> assumptions,
      Map<String, String> constants,
      Map<String, String> notApplicable,
      Map<String, String> shownIn,
      List<ClaimRecord> claims,
      Verdict conformanceVerdict,
      String conformanceMessage,
      @Nullable Conformance conformance,
      @Nullable GraphRecord graph) {
    /** The folder of the module, from the checkout. */
    public String folder() {
      int end = module.lastIndexOf('/');
      return end < 0 ? "models" : "models/" + module.substring(0, end);
    }
  }

  /**
   * A claim: one cfg, confirmed by a TLC run for several claims or judged by one of its own.
   *
   * @param config path of the cfg, relative to {@code models/}
   * @param expected {@code holds}, or {@code violates Operator}
   * @param properties operators that the cfg checks
   * @param message why the verdict is what it is; empty for the expected outcome
   * @param violated the operator that TLC found violated, or null
   */
  public record ClaimRecord(
      String config,
      String expected,
      List<String> properties,
      Verdict verdict,
      String message,
      @Nullable String violated,
      @Nullable TlcRecord tlc,
      @Nullable CounterexampleRecord counterexample) {
    /** Whether everything in the configuration should hold. */
    public boolean shouldHold() {
      return expected.equals(Manifest.Claim.HOLDS);
    }
  }

  /**
   * What TLC said. The counts are those of the run that it was said in, which may be one for
   * several claims.
   *
   * @param command checks this claim alone, in the folder of the module
   * @param depth of the state graph; null where TLC counts none, as for a violation of liveness
   * @param collisionOptimistic probability of a fingerprint collision, calculated
   * @param collisionActual the same from the actual fingerprints, or null if TLC printed none
   * @param seconds wall time; of a run for several claims, the share of one of them
   */
  public record TlcRecord(
      List<String> command,
      String version,
      long initial,
      long generated,
      long distinct,
      @Nullable Integer depth,
      @Nullable String collisionOptimistic,
      @Nullable String collisionActual,
      double seconds) {}

  /**
   * A counterexample and its replays.
   *
   * @param file path of the ITF file, relative to the report's folder
   * @param trace what is in it
   * @param replay on the design that TLC found it in
   * @param elsewhere the same trace on other designs
   */
  public record CounterexampleRecord(
      String file, Trace trace, Replay replay, List<OtherReplay> elsewhere) {}

  /**
   * A trace on another design.
   *
   * @param design what is changed in the model's, for example {@code HARDENED} or {@code +O-01}
   * @param required whether the manifest says that the firmware must leave the trace there
   * @param start the differences between the initial states, in one line; they are not counted in
   *     the steps
   * @param partsAt the first step where the firmware leaves the trace, or null if there is none
   * @param why the difference at that step, or why there are no steps, in one line
   */
  public record OtherReplay(
      String design,
      boolean required,
      End end,
      String start,
      @Nullable Integer partsAt,
      String why) {

    /**
     * Whether the defect is repaired there, as the manifest says, and the trace is not possible.
     */
    public boolean showsRepair() {
      return required && (end == End.PARTS || !start.isEmpty());
    }

    /** How a replay on another design ended. */
    public enum End {
      /** The firmware went through the trace, but perhaps for how it started. */
      FOLLOWS,
      /** The firmware left the trace. */
      PARTS,
      /** The trace cannot be told to the firmware of that design. */
      UNFIT
    }
  }
}
