package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept comes back as it was, and nothing else ever does. */
class ResultCacheTest {
  private static final String KEY = "0123abcd";

  @TempDir private Path folder;

  private ResultCache.Entry entry() throws Exception {
    return new ResultCache.Entry("2026-01-31T12:00:00Z", RunOfTwoModels.get().models().get(0));
  }

  private ResultCache cache() {
    return new ResultCache(folder.resolve("results"));
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void aResultComesBack() throws Exception {
    ResultCache.Entry kept = entry();
    cache().keep(KEY, kept);

    ResultCache.Entry found = Objects.requireNonNull(cache().find(KEY));

    assertThat(RunJson.text(found.model())).isEqualTo(RunJson.text(kept.model()));
    assertThat(found.since()).isEqualTo("2026-01-31T12:00:00Z");
  }

  @Test
  void anotherKeyFindsNothing() throws Exception {
    cache().keep(KEY, entry());

    assertThat(cache().find("4567")).isNull();
  }

  @Test
  void aResultUnderTheNameOfAnotherKeyIsNoResult() throws Exception {
    cache().keep(KEY, entry());
    Files.copy(file(), folder.resolve("results").resolve("4567.json"));

    assertThat(cache().find("4567")).isNull();
  }

  @Test
  void aDamagedResultIsNoResult() throws Exception {
    cache().keep(KEY, entry());
    String text = Files.readString(file());

    Files.writeString(file(), text.replaceFirst("\"states\":", "\"states\":1"));
    assertThat(cache().find(KEY)).isNull();
    Files.writeString(file(), text.substring(0, text.length() / 2));
    assertThat(cache().find(KEY)).isNull();
    Files.writeString(file(), "");
    assertThat(cache().find(KEY)).isNull();
    Files.writeString(file(), text);
    assertThat(cache().find(KEY)).isNotNull();
  }

  @Test
  void aResultIsForgottenWhenItIsOld() throws Exception {
    cache().keep(KEY, entry());

    cache().forget(Duration.ofDays(1));
    assertThat(cache().find(KEY)).isNotNull();
    Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    cache().forget(Duration.ofDays(1));
    assertThat(cache().find(KEY)).isNull();
  }

  @Test
  void aFindingIsNotKept() throws Exception {
    Manifest.Model model = RunOfTwoModels.model("S01");
    RunRecord.ModelRecord failed =
        RunOfTwoModels.verifier()
            .verify(
                List.of(
                    RunOfTwoModels.changed(model, new Manifest.Pinned(1, 1, 1, 1), model.claims())))
            .get(0);
    assertThat(failed.conformanceVerdict()).isEqualTo(Verdict.CHANGED);

    cache().keep(KEY, new ResultCache.Entry("2026-01-31T12:00:00Z", failed));

    assertThat(cache().find(KEY)).isNull();
  }
}
