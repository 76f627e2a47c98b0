package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TlaTextTest {
  private static List<String> kinds(String text) {
    return TlaText.lines(text).stream()
        .flatMap(line -> line.pieces().stream())
        .filter(piece -> piece.kind() != TlaText.Kind.PLAIN)
        .map(piece -> piece.kind() + " " + piece.text())
        .toList();
  }

  @Test
  void keywordsStringsNumbersAndCommentsAreToldApart() {
    assertThat(kinds("Inv == IF x = \"IF \\\" 1\" THEN 12 ELSE x1 \\* IF 3"))
        .containsExactly(
            "DEFINED Inv",
            "KEYWORD IF",
            "STRING \"IF \\\" 1\"",
            "KEYWORD THEN",
            "NUMBER 12",
            "KEYWORD ELSE",
            "COMMENT \\* IF 3");
  }

  @Test
  void commentsInBracketsNestAndGoOnOverLines() {
    assertThat(kinds("a (* one (* two *)\nIF *) IF\n(* x *) 1 (* y *)"))
        .containsExactly(
            "COMMENT (* one (* two *)",
            "COMMENT IF *)",
            "KEYWORD IF",
            "COMMENT (* x *)",
            "NUMBER 1",
            "COMMENT (* y *)");
  }

  @Test
  void onlyADefinitionAtTheStartOfALineIsOne() {
    assertThat(
            TlaText.lines(
                "A(x, y) == x\n  B == 1\nLOCAL C == 2\nA == A\n(*\nD == 1\n*)\nE[x \\in S] == x"))
        .extracting(TlaText.Line::defines)
        .containsExactly("A", "", "C", "A", "", "", "", "E");
    assertThat(kinds("A == A")).containsExactly("DEFINED A");
  }

  @Test
  void thePiecesOfAModuleAreTheModule() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("spec"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tla")).toList()) {
        String text = Files.readString(file);
        String joined =
            TlaText.lines(text).stream()
                .map(
                    line ->
                        line.pieces().stream()
                            .map(TlaText.Piece::text)
                            .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        assertThat(joined).as(file.toString()).isEqualTo(text.stripTrailing());
      }
    }
  }
}
