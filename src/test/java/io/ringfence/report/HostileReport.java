package io.ringfence.report;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.conform.Conformance;
import io.ringfence.replay.Replay;
import io.ringfence.trace.Loop;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import io.ringfence.verify.Catalogue;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Sources;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report in which every name and every value is markup, a script, or far too long. */
final class HostileReport {
  /**
   * Markup, quotes, a script, a mark that turns the direction of writing, and no place to break.
   */
  static final String TEXT =
      "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&amp;${x}\u202Etxet\u2067"
          + "w".repeat(600);

  static final String TRACE = "traces/hostile.itf.json";
  static final String PAGE = "counterexamples/hostile.html";

  private HostileReport() {}

  /** Writes the report. */
  static Path write(Path folder) throws IOException {
    RunRecord run = run();
    ReportWriter.write(run, List.of(model()), run, folder);
    TraceFiles.write(run, folder);
    return folder;
  }

  private static TraceState state(int index) {
    Value value =
        Values.record(
            Map.of(
                TEXT,
                StringValue.of(TEXT + index),
                "s",
                SeqValue.of(StringValue.of(TEXT + index))));
    return new TraceState(
        index, index == 0 ? null : ReportOfThreads.action(TEXT, TEXT), Map.of(TEXT, value));
  }

  private static Trace trace() {
    return new Trace(
        new TraceMeta(Map.of()),
        List.of(TEXT),
        List.of(state(0), state(1)),
        Optional.of(new Loop(0, ReportOfThreads.action(TEXT, TEXT))));
  }

  private static Replay replay() {
    MemoryPicture.MemoryObject object =
        new MemoryPicture.MemoryObject(
            TEXT,
            TEXT,
            64,
            8,
            MemoryPicture.Life.LIVE,
            true,
            List.of(new MemoryPicture.Word(TEXT, TEXT, TEXT, true, true)),
            List.of());
    MemoryPicture memory =
        new MemoryPicture(
            List.of(
                new MemoryPicture.Region(
                    TEXT, 64, 8, MemoryPicture.UserAccess.WRITE, List.of(object))));
    ThreadPicture threads =
        new ThreadPicture(
            List.of(new Lane(TEXT, TEXT, Mode.USER, Status.BLOCKED, TEXT, TEXT, List.of(TEXT))),
            List.of(new Lock(TEXT, LockKind.MUTEX, TEXT, 1, List.of(TEXT))),
            List.of(new ItemList(TEXT, List.of(new Item(TEXT, TEXT)), TEXT)),
            List.of(new Counter(TEXT, TEXT)),
            TEXT);
    return new Replay(
        List.of(step(0, memory, threads), step(1, memory, threads)),
        2,
        new Replay.Loop(0, step(2, memory, threads)));
  }

  private static Replay.Step step(
      int index, @Nullable MemoryPicture memory, @Nullable ThreadPicture threads) {
    return new Replay.Step(
        index,
        index == 0 ? null : ReportOfThreads.action(TEXT, TEXT),
        false,
        List.of(TEXT),
        index == 0 ? List.of() : List.of(TEXT),
        TEXT,
        memory,
        threads);
  }

  /** A model of the manifest that was not run. */
  private static Manifest.Model model() {
    return new Manifest.Model(
        TEXT + 2,
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Manifest.Pinned(1, 1, 1, 1),
        List.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static RunRecord run() {
    RunRecord.TlcRecord tlc =
        new RunRecord.TlcRecord(List.of(TEXT), TEXT, 1, 1, 1, 1, TEXT, TEXT, 1);
    RunRecord.ClaimRecord claim =
        new RunRecord.ClaimRecord(
            TEXT,
            TEXT,
            List.of(TEXT, TEXT + 2),
            Verdict.VIOLATION,
            TEXT,
            TEXT,
            tlc,
            new RunRecord.CounterexampleRecord(
                TRACE,
                trace(),
                replay(),
                List.of(
                    new RunRecord.OtherReplay(
                        TEXT, true, RunRecord.OtherReplay.End.PARTS, TEXT, 1, TEXT))));
    RunRecord.ModelRecord model =
        new RunRecord.ModelRecord(
            TEXT,
            TEXT,
            TEXT,
            TEXT,
            TEXT,
            "MERGED",
            List.of(),
            List.of(TEXT),
            List.of(TEXT),
            List.of(TEXT),
            Map.of(TEXT, TEXT),
            Map.of(TEXT, TEXT),
            Map.of(TEXT, TEXT),
            List.of(claim),
            Verdict.DIVERGED,
            TEXT,
            new Conformance(
                1, 1, 1, 1, 1, 1, Map.of(TEXT, 1L, "x" + TEXT, 0L), Map.of(TEXT, false), null, 1),
            null);
    RunRecord.PropertyRecord property =
        new RunRecord.PropertyRecord(
            TEXT, TEXT + "name", TEXT, TEXT + ".tla", 1, TEXT, TEXT, List.of(TEXT));
    return new RunRecord(
        RunRecord.SCHEMA,
        TEXT,
        List.of(TEXT),
        TEXT,
        1,
        Map.of(TEXT, TEXT),
        Map.of(TEXT, TEXT),
        Map.of(TEXT, TEXT),
        List.of(property),
        List.of(model),
        new Catalogue(
            Map.of("MERGED", TEXT),
            Map.of(TEXT, TEXT, "LIV-1", TEXT),
            Map.of("B-01", TEXT),
            Map.of(),
            Map.of("LIV-1", TEXT, "B-01", TEXT)),
        new Sources(
            Map.of(TEXT, TEXT + "\n\\* " + TEXT),
            Map.of(
                "R-20", "# R-20: " + TEXT + "\n\n`" + TEXT + "`\n\n|a|\n|---|\n|" + TEXT + "|\n")));
  }
}
