package io.ringfence.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On another design, only what the steps do is compared. */
class ReplayElsewhereTest {
  private static Map<String, Value> values(String... namesAndValues) {
    Map<String, Value> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], ValueParser.parse(namesAndValues[i + 1]));
    }
    return values;
  }

  /** A design is told by the states that it goes through. */
  private static ScriptedFirmware design(List<Map<String, Value>> states) {
    return new ScriptedFirmware(List.of("x", "y"), states, Set.of());
  }

  private static Trace trace(List<Map<String, Value>> values) {
    List<TraceState> states = new ArrayList<>();
    for (Map<String, Value> state : values) {
      @Nullable ActionCall action = states.isEmpty() ? null : new ActionCall("Step", Map.of());
      states.add(new TraceState(states.size(), action, state));
    }
    return new Trace(new TraceMeta(Map.of()), List.of("x", "y"), states, Optional.empty());
  }

  private static Replay replay(List<Map<String, Value>> own, List<Map<String, Value>> other) {
    return Replayer.replayElsewhere(trace(own), design(own), design(other));
  }

  private static final List<Map<String, Value>> OWN =
      List.of(
          values("x", "[a |-> 0, b |-> 0]", "y", "1"),
          values("x", "[a |-> 1, b |-> 0]", "y", "2"),
          values("x", "[a |-> 2, b |-> 0]", "y", "3"));

  @Test
  void theSameDesignReproducesTheTrace() {
    assertThat(replay(OWN, OWN).reproduced()).isTrue();
  }

  @Test
  void whatDiffersAtTheStartIsToldAndNotComparedAfterwards() {
    Replay replay =
        replay(
            OWN,
            List.of(
                values("x", "[a |-> 7, b |-> 0]", "y", "1"),
                values("x", "[a |-> 8, b |-> 0]", "y", "2"),
                values("x", "[a |-> 2, b |-> 0]", "y", "3")));
    assertThat(replay.start()).containsExactly("x.a: 0 -> 7");
    assertThat(replay.parting()).isNull();
    assertThat(replay.reproduced()).isFalse();
  }

  @Test
  void theRestOfSuchAVariableIsCompared() {
    Replay replay =
        replay(
            OWN,
            List.of(
                values("x", "[a |-> 7, b |-> 0]", "y", "1"),
                values("x", "[a |-> 8, b |-> 5]", "y", "2")));
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.parting().index()).isEqualTo(1);
    assertThat(replay.parting().differences()).containsExactly("x.b: 0 -> 5");
  }

  @Test
  void aVariableOfAnotherShapeDiffersAsAWhole() {
    Replay replay =
        replay(
            OWN,
            List.of(
                values("x", "[a |-> 7, b |-> 0]", "y", "1"), values("x", "\"none\"", "y", "2")));
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.parting().differences()).containsExactly("x: [a |-> 1, b |-> 0] -> \"none\"");
  }

  @Test
  void whatTheFirmwareRefusesIsAParting() {
    Replay replay = replay(OWN, List.of(values("x", "[a |-> 7, b |-> 0]", "y", "1")));
    assertThat(replay.parting()).isNotNull();
    assertThat(replay.parting().refused()).isTrue();
  }

  @Test
  void ofASetOnlyTheElementIsLeftOut() {
    List<Map<String, Value>> own =
        List.of(values("x", "{1, 2}", "y", "1"), values("x", "{1, 2, 3}", "y", "1"));
    Replay same =
        replay(own, List.of(values("x", "{1}", "y", "1"), values("x", "{1, 3}", "y", "1")));
    assertThat(same.start()).containsExactly("x: removed 2");
    assertThat(same.parting()).isNull();
    Replay other = replay(own, List.of(values("x", "{1}", "y", "1"), values("x", "{1}", "y", "1")));
    assertThat(other.parting()).isNotNull();
    assertThat(other.parting().differences()).containsExactly("x: removed 3");
  }

  @Test
  void ofAFunctionOnlyTheArgumentIsLeftOut() {
    List<Map<String, Value>> own =
        List.of(
            values("x", "(5 :> 0 @@ 6 :> 0)", "y", "1"),
            values("x", "(5 :> 1 @@ 6 :> 1)", "y", "1"));
    Replay other =
        replay(own, List.of(values("x", "(5 :> 0)", "y", "1"), values("x", "(5 :> 0)", "y", "1")));
    assertThat(other.start()).containsExactly("x: removed 0".replace("x:", "x[6]:"));
    assertThat(other.parting()).isNotNull();
    assertThat(other.parting().differences()).containsExactly("x[5]: 1 -> 0");
  }

  /** What is pushed moves all that is behind it, so an index is no place. */
  @Test
  void aSequenceOfAnotherLengthIsLeftOutAsAWhole() {
    Replay replay =
        replay(
            List.of(values("x", "<<1, 2>>", "y", "1"), values("x", "<<0, 1, 2>>", "y", "2")),
            List.of(values("x", "<<1>>", "y", "1"), values("x", "<<0, 1>>", "y", "2")));
    assertThat(replay.start()).containsExactly("x[2]: removed 2");
    assertThat(replay.parting()).isNull();
  }

  @Test
  void aVariableThatOneOfTheDesignsDoesNotHaveIsNotCompared() {
    List<Map<String, Value>> records =
        List.of(
            values("x", "[a |-> 0, b |-> 0]", "y", "1"),
            values("x", "[a |-> 1, b |-> 0]", "y", "9"),
            values("x", "[a |-> 2, b |-> 0]", "y", "9"));
    ScriptedFirmware without = new ScriptedFirmware(List.of("x", "y"), OWN, Set.of("y"));
    assertThat(Replayer.replayElsewhere(trace(OWN), without, design(records)).reproduced())
        .isTrue();
    assertThat(Replayer.replayElsewhere(trace(records), design(records), without).reproduced())
        .isTrue();
    assertThat(Replayer.replayElsewhere(trace(OWN), design(OWN), design(records)).parting())
        .isNotNull();
  }

  @Test
  void aTraceOfAnotherSpecIsRefused() {
    ScriptedFirmware other = new ScriptedFirmware(List.of("z"), List.of(), Set.of());
    assertThatThrownBy(() -> Replayer.replayElsewhere(trace(OWN), design(OWN), other))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("no variable 'z'");
  }
}
