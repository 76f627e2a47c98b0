package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit a report names. */
class RevisionTest {
  @TempDir private Path folder;

  private int git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c"));
    command.add("user.email=t@example.org");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void aCommitIsNamedAndWhetherFilesDifferFromIt() throws Exception {
    assumeTrue(hasGit(), "git is not here");
    assertThat(Revision.of(folder)).isEqualTo("not known: git names no commit here");
    git("init");
    Path file = Files.writeString(folder.resolve("a"), "a");
    git("add", "a");
    assertThat(git("commit", "-m", "a", "--no-gpg-sign")).isZero();
    git("tag", "v1");
    String commit = Revision.of(folder);
    assertThat(commit).matches("[0-9a-f]{12}");
    Files.writeString(folder.resolve("not-followed"), "b");
    assertThat(Revision.of(folder)).isEqualTo(commit);
    Files.writeString(file, "c");
    assertThat(Revision.of(folder)).isEqualTo(commit + "-dirty");
  }

  @Test
  void aMachineWithoutGitSaysNothingOfCommits() throws Exception {
    Files.writeString(folder.resolve("git"), "no program");
    assertThat(Revision.of(folder, folder.resolve("git").toString()))
        .isEqualTo("not known: git does not run on this machine");
  }

  private boolean hasGit() throws InterruptedException {
    try {
      return git("--version") == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
