package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueDiffTest {
  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "1 ~ 1 ~ ``",
        "1 ~ 2 ~ 1 -> 2",
        "1 ~ \"1\" ~ 1 -> \"1\"",
        "{1, 2} ~ {2, 3} ~ removed 1; added 3",
        "[a |-> 1, b |-> 2] ~ [a |-> 1, b |-> 3] ~ b: 2 -> 3",
        "[k0 |-> [pc |-> \"I1\"]] ~ [k0 |-> [pc |-> \"I2\"]] ~ k0.pc: \"I1\" -> \"I2\"",
        "[a |-> 1, b |-> 2] ~ [a |-> 1, c |-> 3] ~ b: removed 2; c: added 3",
        "[a |-> 1] ~ [b |-> 1] ~ [a |-> 1] -> [b |-> 1]",
        "<<>> ~ [a |-> 1] ~ a: added 1",
        "(0 :> {} @@ 5 :> {7}) ~ (0 :> {} @@ 5 :> {8}) ~ [5]: removed 7; [5]: added 8",
        "(<<0, 1>> :> 1) ~ (<<0, 1>> :> 2) ~ [<<0, 1>>]: 1 -> 2",
        "(\"a b\" :> 1) ~ (\"a b\" :> 2) ~ [\"a b\"]: 1 -> 2",
        "<<1, 2, 3>> ~ <<2, 3>> ~ [1]: removed 1",
        "<<1, 3>> ~ <<1, 2, 3>> ~ [2]: added 2",
        "<<1, 2, 3>> ~ <<1, 2>> ~ [3]: removed 3",
        "<<1, 1>> ~ <<1>> ~ [2]: removed 1",
        "<<1, 2>> ~ <<3, 4>> ~ [1]: 1 -> 3; [2]: 2 -> 4",
        "<<1, 2>> ~ (1 :> 1 @@ 3 :> 2) ~ [2]: removed 2; [3]: added 2",
        "{} ~ <<>> ~ {} -> <<>>",
      })
  void namesThePlaceAndTheChange(String before, String after, String expected) {
    assertThat(ValueDiff.between(ValueParser.parse(before), ValueParser.parse(after)))
        .extracting(Difference::toString)
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split("; ")));
  }

  @Test
  void comparesStatesInTheOrderOfTheirVariables() {
    Map<String, Value> before = new LinkedHashMap<>();
    before.put("thread", ValueParser.parse("[k0 |-> [pc |-> \"I1\"]]"));
    before.put("own", ValueParser.parse("[kernel |-> {\"t1\"}]"));
    before.put("same", IntValue.of(1));
    before.put("gone", IntValue.of(2));
    Map<String, Value> after = new LinkedHashMap<>(before);
    after.put("thread", ValueParser.parse("[k0 |-> [pc |-> \"I2\"]]"));
    after.put("own", ValueParser.parse("[kernel |-> {}]"));
    after.remove("gone");
    assertThat(ValueDiff.between(before, after))
        .extracting(Difference::toString)
        .containsExactly(
            "thread.k0.pc: \"I1\" -> \"I2\"", "own.kernel: removed \"t1\"", "gone: removed 2");
  }
}
