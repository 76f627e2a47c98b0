package io.ringfence.conform;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueDiff;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Checks spec and firmware against each other on every edge of a model's state graph.
 *
 * <p>Breadth first, beginning in every initial state: what the spec allows the firmware must do,
 * with the same outcome; what the spec forbids the firmware must refuse. Parallel edges are all
 * performed. TLC's evaluator works in a thread of its own, some states ahead of the firmware.
 */
public final class Conformer {
  private static final int AHEAD = 4096;
  private static final int REPORT_EVERY = 1024;
  private static final Expansion END =
      new Expansion(-1, new int[0], new int[0], new Value[0][], new BitSet());

  private Conformer() {}

  /**
   * Checks a model.
   *
   * @param spec the model; used by one other thread until this method returns
   * @param firmware the firmware bound to the model's spec, with the same constants
   * @param witnesses state predicates of the spec that should each hold somewhere
   * @return what was found, the first difference included
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static Conformance check(
      Evaluator spec, BoundFirmware firmware, List<String> witnesses, ConformListener listener)
      throws InterruptedException {
    return check(spec, firmware, witnesses, listener, new GraphRecorder(0, 0));
  }

  /**
   * Checks a model, and keeps its state graph if that is small and there is no difference.
   *
   * @param recorder has the graph when this method returns
   * @see #check(Evaluator, BoundFirmware, List, ConformListener)
   */
  public static Conformance check(
      Evaluator spec,
      BoundFirmware firmware,
      List<String> witnesses,
      ConformListener listener,
      GraphRecorder recorder)
      throws InterruptedException {
    long started = System.nanoTime();
    SpecSide specSide = new SpecSide(spec, witnesses);
    FirmwareSide firmwareSide = new FirmwareSide(firmware, spec.variables(), spec.actions());
    List<SpecSide.Initial> initialStates = specSide.initialStates();
    recorder.start(initialStates);
    for (SpecSide.Initial initial : initialStates) {
      if (!firmwareSide.start(initial)) {
        break;
      }
    }
    if (firmwareSide.finding() == null) {
      lockstep(specSide, firmwareSide, listener, recorder);
    }
    StateGraph graph = specSide.graph();
    if (firmwareSide.finding() == null) {
      recorder.finish(spec, graph);
    }
    return new Conformance(
        initialStates.size(),
        graph.states(),
        firmwareSide.edges(),
        firmwareSide.refusals(),
        graph.cut(),
        firmwareSide.images(),
        edgesByName(spec.actions(), firmwareSide),
        specSide.witnesses(),
        difference(spec, graph, firmwareSide.finding()),
        (System.nanoTime() - started) / 1e9);
  }

  private static void lockstep(
      SpecSide specSide,
      FirmwareSide firmwareSide,
      ConformListener listener,
      GraphRecorder recorder)
      throws InterruptedException {
    BlockingQueue<Expansion> ahead = new ArrayBlockingQueue<>(AHEAD);
    AtomicBoolean stop = new AtomicBoolean();
    SpecThread thread = new SpecThread(specSide, recorder, ahead, stop);
    thread.start();
    try {
      long done = 0;
      for (Expansion next = ahead.take(); next.number() >= 0; next = ahead.take()) {
        if (!firmwareSide.perform(next)) {
          break;
        }
        if (++done % REPORT_EVERY == 0) {
          listener.progress(done, firmwareSide.edges(), Math.max(0, thread.found() - done));
        }
      }
    } finally {
      stop.set(true);
      ahead.clear();
      thread.join();
    }
    thread.rethrow();
  }

  /** Runs the spec ahead of the firmware. */
  private static final class SpecThread extends Thread {
    private final SpecSide specSide;
    private final GraphRecorder recorder;
    private final BlockingQueue<Expansion> ahead;
    private final AtomicBoolean stop;
    private volatile @Nullable Throwable failure;
    private volatile long found;

    SpecThread(
        SpecSide specSide,
        GraphRecorder recorder,
        BlockingQueue<Expansion> ahead,
        AtomicBoolean stop) {
      super("conform-spec");
      this.specSide = specSide;
      this.recorder = recorder;
      this.ahead = ahead;
      this.stop = stop;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        specSide.explore(
            expansion -> {
              recorder.add(expansion);
              found = specSide.graph().states();
              send(expansion);
            });
      } catch (Stopped e) {
        return;
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      try {
        send(END);
      } catch (Stopped e) {
        // The firmware side has stopped listening; there is nobody left to tell.
      }
    }

    private void send(Expansion expansion) {
      try {
        while (!ahead.offer(expansion, 50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
          if (stop.get()) {
            throw new Stopped();
          }
        }
      } catch (InterruptedException e) {
        throw new Stopped();
      }
      if (stop.get()) {
        throw new Stopped();
      }
    }

    /** How many states it has found. */
    long found() {
      return found;
    }

    void rethrow() {
      Throwable thrown = failure;
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      if (thrown instanceof Error e) {
        throw e;
      }
    }
  }

  /** The firmware side found a difference and needs no more states. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private static Map<String, Long> edgesByName(
      List<ActionInstance> instances, FirmwareSide firmwareSide) {
    Map<String, Long> edges = new LinkedHashMap<>();
    for (ActionInstance instance : instances) {
      edges.merge(instance.name(), firmwareSide.edgesOf(instance.index()), Long::sum);
    }
    return edges;
  }

  private static Conformance.@Nullable Difference difference(
      Evaluator spec, StateGraph graph, FirmwareSide.@Nullable Finding finding) {
    if (finding == null) {
      return null;
    }
    boolean initial = finding.action() < 0;
    Trace trace =
        graph.behavior(finding.state(), finding.action(), initial ? null : finding.expected());
    return new Conformance.Difference(
        finding.kind(),
        trace,
        initial ? null : spec.actions().get(finding.action()).call(),
        lines(spec.variables(), finding.expected(), finding.actual()),
        finding.fault());
  }

  private static List<String> lines(
      List<String> variables, Value @Nullable [] expected, Value @Nullable [] actual) {
    if (expected == null) {
      return List.of("the spec forbids the step, the firmware performs it");
    }
    if (actual == null) {
      return List.of("the spec allows the step, the firmware refuses it");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      ValueDiff.between(Map.of(variables.get(i), expected[i]), Map.of(variables.get(i), actual[i]))
          .forEach(difference -> lines.add(difference.toString()));
    }
    return lines;
  }
}
