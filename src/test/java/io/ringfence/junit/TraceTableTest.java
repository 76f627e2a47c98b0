package io.ringfence.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which columns a trace has, and what stands in them. */
class TraceTableTest {
  private final List<TraceState> states = new ArrayList<>();

  TraceTableTest() {
    then(null, 0);
  }

  private void then(@Nullable ActionCall action, int count) {
    states.add(new TraceState(states.size(), action, Map.of("n", IntValue.of(count))));
  }

  private static ActionCall call(String name, Value... arguments) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (Value argument : arguments) {
      named.put("p" + named.size(), argument);
    }
    return new ActionCall(name, named);
  }

  private String text() {
    Trace trace = new Trace(TraceMeta.EMPTY, List.of("n"), states, Optional.empty());
    return TraceTable.of(trace).text();
  }

  @Test
  void aStepOfNobodyHasAColumnBesideThoseOfThreads() {
    then(call("Add", IntValue.of(2), IntValue.of(7)), 7);
    then(call("Tick"), 8);
    then(call("Merge", SetValue.of(List.of(IntValue.of(1)))), 8);
    then(call("Add", IntValue.of(1), IntValue.of(2)), 10);

    assertThat(text())
        .isEqualTo(
            """
            step  1          2          others      changes
               0                                    n = 0
               1             Add(2, 7)              n: 0 -> 7
               2                        Tick        n: 7 -> 8
               3                        Merge({1})
               4  Add(1, 2)                         n: 8 -> 10
            """);
  }

  @Test
  void manyFirstArgumentsAreNoThreads() {
    for (int i = 1; i <= 9; i++) {
      then(call("Put", IntValue.of(i)), i);
    }

    assertThat(text())
        .startsWith(
            """
            step  action  changes
               0          n = 0
               1  Put(1)  n: 0 -> 1
            """);
  }

  @Test
  void eightAre() {
    for (int i = 1; i <= 8; i++) {
      then(call("Put", StringValue.of("p" + i)), i);
    }

    assertThat(text()).startsWith("step  p1       p2       p3 ").doesNotContain("action", "others");
  }

  @Test
  void anActionWithoutNameIsAskedFor() {
    then(null, 1);

    assertThat(text())
        .isEqualTo(
            """
            step  action  changes
               0          n = 0
               1  ?       n: 0 -> 1
            """);
  }
}
