package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.replay.Replay;
import io.ringfence.tlc.ProgressListener;
import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcTools;
import io.ringfence.tlc.eval.EvaluatorPool;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.ItfWriter;
import io.ringfence.trace.Loop;
import io.ringfence.trace.Trace;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counterexamples of liveness properties, from TLC to the firmware, with how they go on. */
class EndlessCounterexampleTest {
  /** What TLC found on a claim, and the session of its model. */
  private record Found(EvaluatorPool evaluators, ModelSession session, Trace trace)
      implements AutoCloseable {
    static Found of(String name, String config) throws Exception {
      Manifest.Model model = RunOfTwoModels.model(name);
      Manifest.Claim claim =
          model.claims().stream()
              .filter(one -> one.config().equals(config))
              .findFirst()
              .orElseThrow();
      TlcTools tools = TlcTools.onClassPath();
      TlcOutcome outcome =
          new TlcClaims(RunOfTwoModels.PROJECT, tools, Duration.ofMinutes(2))
              .run(model, claim, 1, ProgressListener.NONE)
              .outcome();
      EvaluatorPool evaluators = new EvaluatorPool();
      ModelSession session = ModelSession.open(RunOfTwoModels.PROJECT, model, tools, evaluators);
      return new Found(
          evaluators, session, session.trace(claim, (TlcOutcome.Violated) outcome, tools));
    }

    @Override
    public void close() throws IOException {
      session.close();
      evaluators.close();
    }
  }

  private static Trace writtenAndRead(Trace trace) throws Exception {
    StringWriter text = new StringWriter();
    ItfWriter.write(trace, text);
    return ItfReader.read(new StringReader(text.toString()), "t.itf.json");
  }

  @Test
  void theFirmwareComesBackToWhereTheLoopBegins() throws Exception {
    try (Found found = Found.of("DomainFair", "domain/DomainFair.LIV-7.cfg")) {
      Trace trace = found.trace();
      Loop loop = trace.loop().orElseThrow();
      assertThat(loop.start()).isLessThan(trace.states().size() - 1);
      assertThat(loop.action()).isNotNull();
      assertThat(writtenAndRead(trace)).isEqualTo(trace);

      Replay replay = found.session().replay(trace);
      assertThat(replay.reproduced()).isTrue();
      assertThat(replay.way()).hasSize(trace.states().size() + 1);
      assertThat(replay.ending()).isEqualTo("goes back to step " + loop.start() + ", for ever");

      Trace elsewhere =
          new Trace(
              trace.meta(),
              trace.variables(),
              trace.states(),
              Optional.of(new Loop(loop.start() - 1, loop.action())));
      Replay parted = found.session().replay(elsewhere);
      assertThat(parted.reproduced()).isFalse();
      assertThat(parted.parting()).isNotNull();
      assertThat(parted.parting().index()).isEqualTo(trace.states().size());
      assertThat(parted.parting().differences()).isNotEmpty();
    }
  }

  @Test
  void theFirmwareStaysWhereNothingHappens() throws Exception {
    try (Found found = Found.of("DomainUserFair", "domain/DomainUserFair.LIV-8.cfg")) {
      Trace trace = found.trace();
      assertThat(trace.stutters()).isTrue();
      assertThat(writtenAndRead(trace)).isEqualTo(trace);

      Replay replay = found.session().replay(trace);
      assertThat(replay.reproduced()).isTrue();
      assertThat(replay.way()).hasSize(trace.states().size());
      assertThat(replay.ending()).isEqualTo("stays there, for ever");
    }
  }
}
