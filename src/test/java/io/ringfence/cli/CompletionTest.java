package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The completion script in a real bash. Without one these tests are skipped. */
class CompletionTest {
  @TempDir private static Path folder;
  private static Path script;

  @BeforeAll
  static void writeScript() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    System.setProperty("ringfence.home", Path.of("").toAbsolutePath().toString());
    CommandRun done = CommandRun.of("generate-completion");
    assertThat(done.code()).as(done.err()).isZero();
    script = Files.writeString(folder.resolve("completion.sh"), done.out());
  }

  /** What bash offers for the last of some words, as it would when the tabulator key is pressed. */
  private static List<String> offered(String... words) throws IOException, InterruptedException {
    String line = String.join(" ", words);
    String text =
        """
        source '%s'
        complete -p ringfence >/dev/null || exit 1
        COMP_WORDS=(%s '%s')
        COMP_CWORD=%d
        COMP_LINE='%s'
        _complete_ringfence
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(
                script,
                String.join(" ", List.of(words).subList(0, words.length - 1)),
                words[words.length - 1],
                words.length - 1,
                line);
    Process bash =
        new ProcessBuilder("/bin/bash", "--norc", "-c", text)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).isZero();
    return out.lines().filter(offer -> !offer.isEmpty()).toList();
  }

  @Test
  void commandsAreOffered() throws Exception {
    assertThat(offered("./ringfence", "ver")).containsExactly("verify");
    assertThat(offered("./ringfence", "verify", "--no")).contains("--no-cache", "--no-color");
  }

  @ParameterizedTest
  @CsvSource({"verify", "check", "conform", "graph"})
  void theModelsOfTheManifestAreOffered(String command) throws Exception {
    List<String> models =
        ManifestReader.read(Path.of("models")).models().stream()
            .map(Manifest.Model::name)
            .filter(name -> name.startsWith("V2"))
            .toList();
    assertThat(models).hasSizeGreaterThan(1);
    assertThat(offered("./ringfence", command, "V2")).containsExactlyElementsOf(models);
  }

  @Test
  void aFurtherModelIsOfferedWhereSeveralAreTaken() throws Exception {
    assertThat(offered("./ringfence", "verify", "-q", "S01", "V2Wid")).contains("V2Wide");
    assertThat(offered("./ringfence", "graph", "S01", "V2Wid")).isEmpty();
  }

  @Test
  void scopesAndVariantsAreOffered() throws Exception {
    assertThat(offered("./ringfence", "verify", "--scope", "n")).containsExactly("nightly");
    assertThat(offered("./ringfence", "check", "--scope", ""))
        .containsExactly("ci", "nightly", "all");
    assertThat(offered("./ringfence", "replay", "--variant", "V"))
        .containsExactly("V1_ALL_USER", "V2_SPLIT");
  }

  @Test
  void formatsAreOfferedAsTheHelpNamesThem() throws Exception {
    assertThat(offered("./ringfence", "export", "--as", ""))
        .containsExactly("c", "junit", "mermaid");
    assertThat(offered("./ringfence", "export", "--as", "m")).containsExactly("mermaid");
    assertThat(offered("./ringfence", "graph", "--as", "d")).containsExactly("dot");
  }

  @Test
  void noOptionTakesAnEnumInUpperCase() {
    for (CommandLine command : new CommandLine(new Main()).getSubcommands().values()) {
      for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
        if (option.type().isEnum()) {
          assertThat(option.completionCandidates())
              .as(command.getCommandName() + " " + option.longestName())
              .allSatisfy(offer -> assertThat(offer).isLowerCase());
        }
      }
    }
  }

  @Test
  void howToInstallItIsTrueOfThisProgram() throws IOException {
    assertThat(script)
        .content()
        .startsWith("#!/usr/bin/env bash\n")
        .contains("./ringfence generate-completion > ")
        .doesNotContain("YOUR_APP_HOME", "bash_profile", "(see [");
  }
}
