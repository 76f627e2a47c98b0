package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Variant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help as it stands in a terminal of 80 columns. */
class HelpTest {
  private static final int COLUMNS = 80;

  private static List<String> help(String command) {
    CommandRun done = CommandRun.of(command, "--help");
    assertThat(done.code()).isZero();
    return done.out().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "verify",
        "check",
        "conform",
        "replay",
        "scenario",
        "export",
        "graph",
        "report",
        "list",
        "doctor"
      })
  void breaksALineOnlyWhereItIsFull(String command) {
    List<String> lines = help(command);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    List<String> text = lines.stream().dropWhile(line -> line.matches("Usage:.*| .*")).toList();
    assertThat(text).isNotEmpty();
    for (int i = 0; i + 1 < text.size(); i++) {
      String line = text.get(i);
      String next = text.get(i + 1).strip();
      if (!line.endsWith(".") && !next.startsWith("-")) {
        assertThat(line.length() + 1 + next.split(" ", -1)[0].length())
            .as("'%s' and '%s' fit into a line", line, next)
            .isGreaterThanOrEqualTo(COLUMNS);
      }
    }
  }

  @Test
  void eachCommandHasASummaryThatIsASentence() {
    CommandRun help = CommandRun.of("help");
    assertThat(help.code()).isZero();
    for (CommandLine command : new CommandLine(new Main()).getSubcommands().values()) {
      if (command.getCommandSpec().usageMessage().header().length > 0) {
        // One that comes with picocli.
        continue;
      }
      String summary = command.getCommandSpec().usageMessage().description()[0];
      assertThat(summary).as(command.getCommandName()).endsWith(".").hasSizeLessThan(COLUMNS);
      assertThat(help.out().replaceAll("\\s+", " "))
          .contains(command.getCommandName() + " " + summary);
    }
  }

  @Test
  void namesTheVariantsOfAReplay() {
    String text = String.join(" ", help("replay")).replaceAll("\\s+", " ");
    String variants =
        Stream.of(Variant.values()).map(Variant::name).collect(Collectors.joining(", "));
    assertThat(text).contains("--variant=NAME Another variant: " + variants + ".");
  }

  @Test
  void tellsTheTimeLimitOfEachCommand() {
    assertThat(help("verify")).anyMatch(line -> line.endsWith("each TLC run; default 600."));
    assertThat(help("check")).anyMatch(line -> line.endsWith("each TLC run; default 36000."));
  }
}
