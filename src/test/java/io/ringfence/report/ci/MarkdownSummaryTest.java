package io.ringfence.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the summary of a job says. */
class MarkdownSummaryTest {
  @Test
  void aCleanRunIsATableOfSpecsWithTheModelsFolded() {
    assertThat(MarkdownSummary.of(RunOfVerdicts.of(Verdict.PASS, Verdict.EXPECTED_VIOLATION)))
        .isEqualTo(
            """
            ## Ringfence: 2 passed, 0 failed

            | spec | models | spec = firmware | hold | violated as expected | states |
            |---|---:|---:|---:|---:|---:|
            | Lamp | 1 | 1 of 1 | 0 of 0 | 1 of 1 | 2 |

            <details><summary>by model</summary>

            | model | spec = firmware | states | edges | refusals | claims as expected |
            |---|---|---:|---:|---:|---:|
            | Lamp | PASS | 2 | 4 | 3 | 1 of 1 |

            </details>

            Ringfence test, 2 s
            """);
  }

  @Test
  void findingsComeFirst() {
    assertThat(MarkdownSummary.of(RunOfVerdicts.of(Verdict.ERROR, Verdict.PASS, Verdict.VIOLATION)))
        .contains(
            "## Ringfence: 1 passed, 2 failed",
            "| ERROR | Lamp | conformance | ERROR |",
            "| VIOLATION | Lamp | lamp/VIOLATION.cfg\\: violates Inv |"
                + " Inv is violated (traces/Lamp.Inv.itf.json) |",
            "| Lamp | ERROR |  |  |  | 1 of 2 |");
  }

  @Test
  void namesStayInTheirCells() {
    String text =
        MarkdownSummary.of(
            RunOfVerdicts.of(
                "a|b", "<img>|`x`\n\n[y](http://z)", Verdict.DIVERGED, Verdict.CHANGED));
    assertThat(text)
        .contains("\\<img\\>\\|\\`x\\`  \\[y\\](http\\://z)")
        .contains("| a\\|b | DIVERGED |");
    for (String line : text.lines().filter(line -> line.startsWith("| CHANGED")).toList()) {
      assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count()).isEqualTo(5);
    }
  }

  @Test
  void aRunOfNothingDoesNotLookLikeASuccess() {
    assertThat(MarkdownSummary.of(RunOfVerdicts.run(List.of())))
        .contains("**No model was checked.**");
  }
}
