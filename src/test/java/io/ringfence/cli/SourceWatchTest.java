package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
      Path made = Files.createDirectory(folder.resolve("edf"));
      assertThat(watch.await()).contains(made);
      Path config = Files.writeString(made.resolve("Edf.cfg"), "a");

      assertThat(watch.await()).containsExactly(config);
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
      for (String name : List.of(".A.tla.swp", "A.tla~", "4913")) {
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
