package io.ringfence.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.Loop;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A trace without an end is reproduced only by a firmware that comes back. */
class ReplayerTest {
  private static final ActionCall STEP = new ActionCall("Step", Map.of());
  private static final ActionCall BACK = new ActionCall("Back", Map.of());

  /** Counts; may come back to the wrong number, or not at all. */
  private static final class Counter implements BoundFirmware {
    private final int comesTo;
    private int n;

    Counter(int comesTo) {
      this.comesTo = comesTo;
    }

    @Override
    public List<String> variables() {
      return List.of("n");
    }

    @Override
    public boolean start(Value[] values) {
      n = 0;
      return true;
    }

    @Override
    public Operation resolve(String action, Map<String, Value> arguments) {
      if (action.equals("Step")) {
        return () -> {
          n++;
          return Outcome.DONE;
        };
      }
      return () -> {
        if (comesTo < 0) {
          return Outcome.REFUSED;
        }
        n = comesTo;
        return Outcome.DONE;
      };
    }

    @Override
    public Value[] state() {
      return new Value[] {IntValue.of(n)};
    }

    @Override
    public long ramHash() {
      return n;
    }

    @Override
    public Checkpoint checkpoint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(Checkpoint checkpoint) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String lastFault() {
      return "";
    }

    @Override
    public MemoryPicture picture() {
      throw new UnsupportedOperationException();
    }
  }

  private static Trace trace(@Nullable Loop loop) {
    List<TraceState> states = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      states.add(new TraceState(i, i == 0 ? null : STEP, Map.of("n", IntValue.of(i))));
    }
    return new Trace(TraceMeta.EMPTY, List.of("n"), states, Optional.ofNullable(loop));
  }

  private static Replay replay(@Nullable Loop loop, int comesTo) {
    return Replayer.replay(trace(loop), new Counter(comesTo), false);
  }

  @Test
  void aPrefixEnds() {
    Replay replay = replay(null, 0);
    assertThat(replay.reproduced()).isTrue();
    assertThat(replay.way()).hasSize(3);
    assertThat(replay.ending()).isEmpty();
  }

  @Test
  void theFirmwareTakesTheStepBack() {
    Replay replay = replay(new Loop(1, BACK), 1);
    assertThat(replay.reproduced()).isTrue();
    assertThat(replay.steps()).hasSize(3);
    assertThat(replay.way()).hasSize(4);
    assertThat(replay.way().get(3).action()).isEqualTo(BACK);
    assertThat(replay.way().get(3).changes()).containsExactly("n: 2 -> 1");
    assertThat(replay.ending()).isEqualTo("goes back to step 1, for ever");
  }

  @Test
  void aFirmwareThatComesBackToAnotherStateLeavesTheTrace() {
    Replay replay = replay(new Loop(1, BACK), 0);
    assertThat(replay.reproduced()).isFalse();
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.parting().differences()).containsExactly("n: 1 -> 0");
    assertThat(replay.place(replay.parting())).isEqualTo("step 3, which leads back to step 1");
  }

  @Test
  void aFirmwareThatRefusesTheStepBackLeavesTheTrace() {
    Replay replay = replay(new Loop(1, BACK), -1);
    assertThat(replay.reproduced()).isFalse();
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.parting().refused()).isTrue();
  }

  @Test
  void aStepThatChangesNothingIsTakenToo() {
    assertThat(replay(new Loop(2, BACK), 2).reproduced()).isTrue();
    assertThat(replay(new Loop(2, BACK), 1).reproduced()).isFalse();
  }

  @Test
  void whereNothingHappensNothingIsDone() {
    Replay replay = replay(new Loop(2, null), 0);
    assertThat(replay.reproduced()).isTrue();
    assertThat(replay.way()).hasSize(3);
    assertThat(replay.ending()).isEqualTo("stays there, for ever");
  }

  @Test
  void aFirmwareThatPartsBeforeIsNotAskedForTheStepBack() {
    List<TraceState> states = new ArrayList<>(trace(null).states());
    states.set(2, new TraceState(2, STEP, Map.of("n", IntValue.of(9))));
    Trace wrong = new Trace(TraceMeta.EMPTY, List.of("n"), states, Optional.of(new Loop(1, BACK)));
    Replay replay = Replayer.replay(wrong, new Counter(1), false);
    assertThat(replay.reproduced()).isFalse();
    assertThat(replay.loop()).isNull();
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.place(replay.parting())).isEqualTo("step 2");
  }

  @Test
  void aLoopHasToSayWhichActionLeadsBack() {
    Loop unknown = new Loop(1, null);
    assertThatThrownBy(() -> replay(unknown, 1))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("#meta.loopAction");
  }
}
