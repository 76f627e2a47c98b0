package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a step changed is marked where it is, not on the whole variable. */
class ValueNodeTest {
  private static final String LONG = "\"a value that is too long to stand beside the others here\"";

  /** Each line a node: {@code *} if it is marked, then label, text and what it was. */
  private static List<String> shown(String now, @Nullable String before) {
    List<String> lines = new java.util.ArrayList<>();
    Value old = before == null ? null : ValueParser.parse(before);
    lines(ValueNode.of("v", ValueParser.parse(now), old), "", lines);
    return lines;
  }

  private static void lines(ValueNode node, String indent, List<String> lines) {
    String was = node.before() == null ? "" : " (" + node.before() + ")";
    String mark = node.changed() ? "* " : "";
    lines.add((indent + mark + node.label() + " " + node.text()).stripTrailing() + was);
    node.children().forEach(child -> lines(child, indent + "  ", lines));
  }

  @Test
  void withoutAStateBeforeNothingIsMarked() {
    assertThat(shown("[a |-> 1]", null)).containsExactly("v [a |-> 1]");
  }

  @Test
  void anEqualValueIsNotMarked() {
    assertThat(shown("<<1, 2>>", "<<1, 2>>")).containsExactly("v <<1, 2>>");
  }

  @Test
  void theFieldOfARecordThatChangedIsMarked() {
    assertThat(shown("[a |-> [b |-> 1, c |-> 2], d |-> 3]", "[a |-> [b |-> 0, c |-> 2], d |-> 3]"))
        .containsExactly("* v", "  * a", "    * b 1 (0)", "    c 2", "  d 3");
  }

  @Test
  void anArgumentOfAFunctionThatIsNewOrGoneIsMarked() {
    assertThat(shown("(1 :> \"a\" @@ 7 :> \"b\")", "(1 :> \"a\" @@ 5 :> \"c\")"))
        .containsExactly("* v", "  1 \"a\"", "  * 5 gone (\"c\")", "  * 7 \"b\" (not there)");
  }

  @Test
  void whatIsAppendedToASequenceIsMarkedAndNothingElse() {
    assertThat(shown("<<\"a\", \"b\">>", "<<\"a\">>"))
        .containsExactly("* v", "  1 \"a\"", "  * 2 \"b\" (not there)");
  }

  @Test
  void theRemovedHeadOfASequenceDoesNotMarkTheRest() {
    assertThat(shown("<<\"b\", \"c\">>", "<<\"a\", \"b\", \"c\">>"))
        .containsExactly("* v", "  *  gone (\"a\")", "  1 \"b\"", "  2 \"c\"");
  }

  @Test
  void whatIsReplacedInTheMiddleOfASequenceIsMarkedThere() {
    assertThat(shown("<<1, 8, 3>>", "<<1, 2, 3>>"))
        .containsExactly("* v", "  1 1", "  * 2 8 (2)", "  3 3");
    assertThat(shown("<<1, 8, 9, 3>>", "<<1, 2, 3>>"))
        .containsExactly("* v", "  1 1", "  * 2 8 (2)", "  * 3 9 (not there)", "  4 3");
    assertThat(shown("<<1, 9, 4>>", "<<1, 2, 3, 4>>"))
        .containsExactly("* v", "  1 1", "  * 2 9 (2)", "  *  gone (3)", "  3 4");
  }

  @Test
  void anEmptiedSequenceShowsWhatIsGone() {
    assertThat(shown("<<>>", "<<\"a\">>")).containsExactly("* v", "  *  gone (\"a\")");
  }

  @Test
  void elementsOfASetComeAndGo() {
    assertThat(shown("{1, 3}", "{1, 2}"))
        .containsExactly("* v", "   1", "  *  3 (not there)", "  *  gone (2)");
  }

  @Test
  void allPartsOfALongNewRecordAreMarked() {
    assertThat(shown("<<[a |-> 1, b |-> " + LONG + "]>>", "<<>>"))
        .containsExactly("* v", "  * 1 (not there)", "    * a 1", "    * b " + LONG);
  }

  @Test
  void aValueOfAnotherKindIsMarkedAsAWhole() {
    assertThat(shown("[a |-> 1]", "\"none\"")).containsExactly("* v [a |-> 1] (\"none\")");
    assertThat(shown("\"none\"", "[a |-> 1]")).containsExactly("* v \"none\" ([a |-> 1])");
    assertThat(shown("[a |-> 1]", "[b |-> 1]")).containsExactly("* v [a |-> 1] ([b |-> 1])");
  }
}
