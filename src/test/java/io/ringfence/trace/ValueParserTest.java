package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueParserTest {
  private static Value ints(long... numbers) {
    return SetValue.of(java.util.Arrays.stream(numbers).mapToObj(IntValue::of).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "TRUE ~ TRUE",
        "-12 ~ -12",
        "<<>> ~ <<>>",
        "<< 1,<<>>, {} >> ~ <<1, <<>>, {}>>",
        "{b1, a1, b1} ~ {\"a1\", \"b1\"}",
        "[b |-> 1, a |-> <<2>>] ~ [a |-> <<2>>, b |-> 1]",
        "(1 :> \"x\" @@ 2 :> \"y\") ~ <<\"x\", \"y\">>",
        "(a :> 1 @@ b :> 2) ~ [a |-> 1, b |-> 2]",
        "(2 :> (0 :> 1)) ~ (2 :> (0 :> 1))",
        "(<<1, 2>> :> 3) ~ (<<1, 2>> :> 3)",
        "((3)) ~ 3",
        "1..3 ~ {1, 2, 3}",
        "-1 .. 0 ~ {-1, 0}",
        "3..2 ~ {}",
        "3rd ~ \"3rd\"",
        "BOOLEAN ~ {FALSE, TRUE}",
        "{Nat} ~ {Nat}",
        "\"TRUE\" ~ \"TRUE\"",
        "[] ~ <<>>",
      })
  void readsWhatTlcPrints(String text, String canonical) {
    assertThat(ValueParser.parse(text)).hasToString(canonical);
  }

  @Test
  void readsOverLines() {
    assertThat(ValueParser.parse("[ pc |->\n      {1,\n       2},\n  q |-> <<\r\n\t3 >> ]"))
        .isEqualTo(Values.record(Map.of("pc", ints(1, 2), "q", SeqValue.of(IntValue.of(3)))));
  }

  @Test
  void readsAStateWithTextThatLooksLikeOne() {
    assertThat(ValueParser.parseState("/\\ x = \"a\n/\\\\ y = 1\"\n/\\ y = {}\n").entrySet())
        .extracting(Map.Entry::getKey, entry -> entry.getValue().toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("x", "\"a\\n/\\\\ y = 1\""),
            org.assertj.core.groups.Tuple.tuple("y", "{}"));
  }

  @Test
  void readsAStateOfOneVariable() {
    assertThat(ValueParser.parseState("x = 1\n")).containsExactly(Map.entry("x", IntValue.of(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "`` ~ line 1, column 1: expected a value, but the text ends",
        "<<1, ~ line 1, column 5: expected a value, but the text ends",
        "<<1 2>> ~ line 1, column 5: expected >>, but there is '2>>'",
        "1 2 ~ line 1, column 3: expected nothing more, but there is '2'",
        "[a -> 1] ~ line 1, column 4: expected |->, but there is '-> 1]'",
        "[a |-> 1, a |-> 2] ~ line 1, column 11: \"a\" is mapped twice",
        "(1 :> 2 @@ 1 :> 2) ~ line 1, column 12: 1 is mapped twice",
        "\"abc ~ line 1, column 1: the string that begins here has no end",
        "\"a\\q\" ~ line 1, column 3: TLA+ has no such escape in a string",
        "SUBSET {1} ~ line 1, column 8: expected nothing more, but there is '{1}'",
        "1..9999999 ~ line 1, column 1: the interval has 9999999 elements, more than 1000000",
        "1..x ~ line 1, column 4: expected the upper end of an interval, but there is 'x'",
        "- ~ line 1, column 1: expected a value, but there is '-'",
      })
  void saysWhereAndWhy(String text, String message) {
    assertThatThrownBy(() -> ValueParser.parse(text)).hasMessage(message);
  }

  @Test
  void countsLines() {
    assertThatThrownBy(() -> ValueParser.parse("{1,\n 2,\n  ?}"))
        .isInstanceOfSatisfying(
            ValueParseException.class,
            e -> assertThat(List.of(e.line(), e.column())).containsExactly(3, 3));
  }

  @Test
  void refusesAVariableNamedTwice() {
    assertThatThrownBy(() -> ValueParser.parseState("/\\ x = 1\n/\\ x = 2"))
        .hasMessage("line 2, column 4: variable x is named twice");
  }

  @Test
  void refusesAbsurdDepthWithoutExhaustingTheStack() {
    assertThatThrownBy(() -> ValueParser.parse("{".repeat(1_000_000)))
        .hasMessageContaining("nest deeper than 500");
  }
}
