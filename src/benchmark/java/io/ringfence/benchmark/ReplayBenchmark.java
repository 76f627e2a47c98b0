package io.ringfence.benchmark;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.trace.Trace;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Replays the counterexample of the first draft: every step performed, every variable compared. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReplayBenchmark {
  private static final Path TRACE = Path.of("src/test/resources/traces/v1-own-11.itf.json");

  private Trace trace;
  private BoundFirmware firmware;

  /** Steps a second, beside replays a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Steps {
    /** Steps performed, initial states not counted. */
    public long steps;
  }

  /** Reads the trace and boots its firmware. */
  @Setup
  public void open() throws IOException {
    RecordedTrace recorded = RecordedTrace.read(TRACE);
    trace = recorded.trace();
    firmware = Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE);
  }

  /** One replay, from the initial state on. */
  @Benchmark
  public Replay replay(Steps counter) {
    Replay replay = Replayer.replay(trace, firmware, false);
    if (!replay.reproduced()) {
      throw new IllegalStateException("the firmware leaves the trace");
    }
    counter.steps += replay.total() - 1;
    return replay;
  }
}
