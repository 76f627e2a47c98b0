package io.ringfence.verify;

import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks those models of which nothing changed since they were last found as expected. */
public final class CachedVerifier {
  /** So that texts that were edited since do not fill the disk. */
  private static final Duration AGE = Duration.ofDays(30);

  private final Project project;
  private final TlcTools tools;
  private final List<String> options;
  private final boolean reuse;
  private final Verifier verifier;
  private final ResultCache cache;
  private final Map<String, String> kept = new TreeMap<>();
  private boolean unchanged;
  private @Nullable String failure;

  /**
   * Prepares a run.
   *
   * @param options what the results depend on beside the models
   * @param reuse whether to look for earlier results; those of this run are kept in any case
   * @param verifier checks what must be checked
   */
  public CachedVerifier(
      Project project, TlcTools tools, List<String> options, boolean reuse, Verifier verifier) {
    this.project = project;
    this.tools = tools;
    this.options = List.copyOf(options);
    this.reuse = reuse;
    this.verifier = verifier;
    this.cache = new ResultCache(folder(project));
  }

  /** Where results are kept: with what else a build makes. */
  public static Path folder(Project project) {
    return project.root().resolve("target").resolve("verify-cache");
  }

  /** The models whose results are of an earlier run, with its time as an ISO instant. */
  public Map<String, String> kept() {
    return kept;
  }

  /** Whether nothing that the results depend on was edited while they were found. */
  public boolean isUnchanged() {
    return unchanged;
  }

  /** Why results could not be kept for later; null if they were. */
  public @Nullable String failure() {
    return failure;
  }

  /**
   * Hashes all that the results of models depend on.
   *
   * @throws IOException if something of it cannot be read
   */
  public Map<String, String> keys(List<Manifest.Model> models) throws IOException {
    ModelKeys keys =
        ModelKeys.of(project, tools, options, System.getProperty("java.class.path", ""));
    Map<String, String> found = new LinkedHashMap<>();
    for (Manifest.Model model : models) {
      found.put(model.name(), keys.of(model));
    }
    return found;
  }

  /**
   * Checks models.
   *
   * @param keys what their results depend on, by {@link #keys}
   * @return the records in the order of the models
   * @throws IOException if a file of theirs cannot be read, or there is no place for temporary ones
   */
  public List<RunRecord.ModelRecord> verify(List<Manifest.Model> models, Map<String, String> keys)
      throws IOException, InterruptedException {
    Map<String, RunRecord.ModelRecord> records = new LinkedHashMap<>();
    List<Manifest.Model> open = new ArrayList<>();
    for (Manifest.Model model : models) {
      ResultCache.Entry entry = reuse ? cache.find(key(keys, model.name())) : null;
      if (entry == null) {
        open.add(model);
      } else {
        records.put(model.name(), entry.model());
        kept.put(model.name(), entry.since());
      }
    }
    List<RunRecord.ModelRecord> checked = verifier.verify(open);
    checked.forEach(record -> records.put(record.name(), record));
    keep(checked, keys, models);
    return models.stream()
        .map(model -> Objects.requireNonNull(records.get(model.name()), "all were checked"))
        .toList();
  }

  /** What was edited while it was checked is not kept: who knows which text the result is of. */
  private void keep(
      List<RunRecord.ModelRecord> records,
      Map<String, String> keysBefore,
      List<Manifest.Model> models) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      Map<String, String> keysAfter = keys(models);
      unchanged = keysAfter.equals(keysBefore);
      for (RunRecord.ModelRecord record : records) {
        String key = key(keysBefore, record.name());
        if (key.equals(keysAfter.get(record.name()))) {
          cache.keep(key, new ResultCache.Entry(now, record));
        }
      }
      cache.forget(AGE);
    } catch (IOException e) {
      failure = e.toString();
    }
  }

  private static String key(Map<String, String> keys, String model) {
    return Objects.requireNonNull(keys.get(model), "all were hashed");
  }
}
