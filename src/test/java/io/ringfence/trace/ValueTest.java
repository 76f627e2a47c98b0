package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueTest {
  private static final Value ONE = IntValue.of(1);
  private static final Value TWO = IntValue.of(2);
  private static final Value A = StringValue.of("a");
  private static final Value B = StringValue.of("b");

  @Test
  void functionOnOneToNIsASequence() {
    assertThat(Values.function(Map.of(ONE, A, TWO, B))).isEqualTo(SeqValue.of(A, B));
  }

  @Test
  void functionOnTheEmptySetIsTheEmptySequence() {
    assertThat(Values.function(Map.of())).isEqualTo(SeqValue.EMPTY);
    assertThat(Values.record(Map.of())).isEqualTo(SeqValue.EMPTY);
  }

  @Test
  void functionOnStringsIsARecord() {
    assertThat(Values.function(Map.of(A, ONE))).isEqualTo(Values.record(Map.of("a", ONE)));
  }

  @Test
  void functionOnOtherDomainsIsAFunction() {
    assertThat(Values.function(Map.of(TWO, A))).hasToString("(2 :> \"a\")");
    assertThat(Values.function(Map.of(IntValue.of(0), A, ONE, B)))
        .hasToString("(0 :> \"a\" @@ 1 :> \"b\")");
    assertThat(Values.function(Map.of(A, ONE, ONE, B))).isInstanceOf(FunctionValue.class);
  }

  @Test
  void setIgnoresOrderAndRepetition() {
    assertThat(SetValue.of(TWO, ONE, TWO)).isEqualTo(SetValue.of(ONE, TWO)).hasToString("{1, 2}");
    assertThat(SetValue.of(A, B).contains(B)).isTrue();
    assertThat(SetValue.of(A).contains(B)).isFalse();
  }

  @Test
  void valuesOfDifferentKindsDiffer() {
    assertThat(
            List.<Value>of(
                BoolValue.TRUE,
                StringValue.of("TRUE"),
                ONE,
                StringValue.of("1"),
                SetValue.EMPTY,
                SeqValue.EMPTY,
                new UnserializableValue("TRUE")))
        .doesNotHaveDuplicates();
  }

  @Test
  void textIsTlaSyntax() {
    assertThat(SeqValue.of(ONE, SetValue.of(BoolValue.TRUE))).hasToString("<<1, {TRUE}>>");
    assertThat(Values.record(Map.of("b", TWO, "a", SeqValue.EMPTY)))
        .hasToString("[a |-> <<>>, b |-> 2]");
    assertThat(StringValue.of("say \"x\\y\"\n")).hasToString("\"say \\\"x\\\\y\\\"\\n\"");
  }

  @Test
  void fieldThatIsNoNameIsPrintedAsFunction() {
    assertThat(Values.record(Map.of("a b", ONE))).hasToString("(\"a b\" :> 1)");
  }

  @Test
  void actionCallReadsAsInTheSpecification() {
    assertThat(new ActionCall("G3_Append", Map.of("k", StringValue.of("k0"))))
        .hasToString("G3_Append(k0)");
    assertThat(new ActionCall("Boot", Map.of())).hasToString("Boot");
  }
}
