package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What did not change is not checked again, and what changed always is. */
class CachedVerifierTest {
  @TempDir private Path root;
  private final List<String> checked = new ArrayList<>();
  private Runnable whileChecked = () -> {};

  @BeforeEach
  void copyOfTheProject() throws IOException {
    for (String part : List.of("spec", "models")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, root.resolve(file));
        }
      }
    }
  }

  /** Changes a module without changing what it means. */
  private void edit() {
    try {
      Files.writeString(
          root.resolve("spec/SchedulerOwnership.tla"), "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CachedVerifier verify(boolean reuse) throws Exception {
    Project project = Project.at(root);
    TlcTools tools = TlcTools.onClassPath();
    checked.clear();
    VerifyListener listener =
        new VerifyListener() {
          @Override
          public void finished(String what, Verdict verdict, String message) {
            assertThat(verdict.passes()).as("%s: %s", what, message).isTrue();
            checked.add(what);
            whileChecked.run();
          }

          @Override
          public void working(String what, Progress progress) {}
        };
    Verifier verifier =
        new Verifier(project, Map.of(), tools, Duration.ofMinutes(2), false, listener);
    CachedVerifier cached = new CachedVerifier(project, tools, List.of(), reuse, verifier);
    List<Manifest.Model> models = List.of(RunOfTwoModels.model("S01"));
    List<RunRecord.ModelRecord> records = cached.verify(models, cached.keys(models));
    assertThat(records).singleElement().satisfies(one -> assertThat(one.claims()).hasSize(2));
    assertThat(cached.failure()).isNull();
    return cached;
  }

  @Test
  void whatDidNotChangeIsTakenFromTheEarlierRun() throws Exception {
    assertThat(verify(true).kept()).isEmpty();
    assertThat(checked).hasSize(3);

    CachedVerifier again = verify(true);
    assertThat(again.kept()).containsOnlyKeys("S01");
    assertThat(again.isUnchanged()).isTrue();
    assertThat(checked).isEmpty();
  }

  @Test
  void whatChangedIsCheckedAgain() throws Exception {
    verify(true);
    edit();

    assertThat(verify(true).kept()).isEmpty();
    assertThat(checked).hasSize(3);
  }

  @Test
  void whatIsEditedWhileItIsCheckedIsNotKept() throws Exception {
    whileChecked = this::edit;
    assertThat(verify(true).isUnchanged()).isFalse();
    whileChecked = () -> {};

    assertThat(verify(true).kept()).isEmpty();
    assertThat(checked).hasSize(3);
  }

  @Test
  void whoeverWantsItHasEverythingChecked() throws Exception {
    verify(true);

    assertThat(verify(false).kept()).isEmpty();
    assertThat(checked).hasSize(3);
  }
}
