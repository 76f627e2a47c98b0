package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes are seen wherever they are below a folder, and once for all that belong together. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourceWatchTest {
  @TempDir private Path folder;

  @Test
  void changesThatComeTogetherAreReportedTogether() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("models/ll"));
    try (SourceWatch watch = new SourceWatch(List.of(folder))) {
      Path spec = Files.writeString(folder.resolve("A.tla"), "a");
      Path config = Files.writeString(deep.resolve("A.cfg"), "a");

      assertThat(watch.await()).containsExactlyInAnyOrder(spec, config);
    }
  }

  @Test
  void foldersThatAreMadeLaterAreWatchedToo() throws Exception {
    try (SourceWatch watch = new SourceWatch(List.of(folder))) {
      Path made = Files.createDirectories(folder.resolve("edf/small"));
      Path first = Files.writeString(made.resolve("First.cfg"), "a");
      assertThat(watch.await()).containsExactly(first);
      Path second = Files.writeString(made.resolve("Second.cfg"), "a");

      assertThat(watch.await()).containsExactly(second);
    }
  }

  @Test
  void aFolderThatIsMovedAwayIsAChange(@TempDir Path elsewhere) throws Exception {
    Path models = Files.createDirectory(folder.resolve("models"));
    Files.writeString(models.resolve("A.cfg"), "a");
    try (SourceWatch watch = new SourceWatch(List.of(folder))) {
      Files.move(models, elsewhere.resolve("models"));
      assertThat(watch.await()).containsExactly(models);
      Files.move(elsewhere.resolve("models"), models);

      assertThat(watch.await()).containsExactly(models.resolve("A.cfg"));
    }
  }

  @Test
  void aSingleFileIsWatchedWithoutWhatIsBesideIt() throws Exception {
    Path build = Files.writeString(folder.resolve("pom.xml"), "a");
    try (SourceWatch watch = new SourceWatch(List.of(build))) {
      Files.writeString(folder.resolve("other.xml"), "a");
      Files.createDirectory(folder.resolve("reports"));
      Files.writeString(folder.resolve("reports/run.json"), "a");
      Files.writeString(build, "b");

      assertThat(watch.await()).containsExactly(build);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spec", "models", "src/main"})
  void everyFileOfTheProjectIsASource(String part) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(part))) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .isNotEmpty()
          .allMatch(SourceWatch::isSource);
    }
  }

  @Test
  void aFileThatIsRemovedIsAChange() throws Exception {
    Path config = Files.writeString(folder.resolve("A.cfg"), "a");
    try (SourceWatch watch = new SourceWatch(List.of(folder))) {
      Files.delete(config);

      assertThat(watch.await()).containsExactly(config);
    }
  }

  @Test
  void whatAnEditorKeepsBesideAFileIsNoChange() throws Exception {
    try (SourceWatch watch = new SourceWatch(List.of(folder))) {
      for (String name :
          List.of(".A.tla.swp", ".#A.tla", "#A.tla#", "A.tla~", "A.tla.bak", "4913", "sedUYLOyo")) {
        Files.writeString(folder.resolve(name), "a");
      }
      Path spec = Files.writeString(folder.resolve("A.tla"), "a");

      assertThat(watch.await()).containsExactly(spec);
    }
  }

  @Test
  void nothingIsReportedWhileNothingChanges() throws Exception {
    Files.writeString(folder.resolve("A.tla"), "a");
    try (SourceWatch watch = new SourceWatch(List.of(folder, folder.resolve("missing")))) {
      CompletableFuture<Object> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return watch.await();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Thread.sleep(700);
      assertThat(waiting).isNotDone();

      Path spec = Files.writeString(folder.resolve("A.tla"), "b");
      assertThat(waiting.get()).isEqualTo(java.util.Set.of(spec));
    }
  }
}
