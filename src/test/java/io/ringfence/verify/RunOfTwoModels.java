package io.ringfence.verify;

import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A real run of two small models, made once for all tests. */
public final class RunOfTwoModels {
  static final Project PROJECT = Project.at(Path.of(""));

  /** All models that there are. */
  public static final Manifest MANIFEST = ManifestReader.read(PROJECT.models());

  private static RunRecord made;

  private RunOfTwoModels() {}

  /** The run. */
  public static synchronized RunRecord get() throws IOException, InterruptedException {
    if (made == null) {
      Verifier verifier = verifier();
      Instant started = Instant.now();
      List<RunRecord.ModelRecord> models = verifier.verify(List.of(model("S01"), model("B11")));
      made =
          new RunRecorder(PROJECT, MANIFEST)
              .record(List.of("test"), started, Map.of(), Map.of(), Map.of(), models, false);
    }
    return made;
  }

  static Verifier verifier() throws IOException {
    return new Verifier(
        PROJECT,
        MANIFEST.variants(),
        TlcTools.onClassPath(),
        Duration.ofMinutes(2),
        false,
        new Silent());
  }

  static Manifest.Model model(String name) {
    return MANIFEST.models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A model of which the manifest says something else. */
  static Manifest.Model changed(
      Manifest.Model model, Manifest.Pinned pinned, List<Manifest.Claim> claims) {
    return new Manifest.Model(
        model.name(),
        model.title(),
        model.spec(),
        model.module(),
        model.scope(),
        model.variant(),
        model.fixes(),
        model.defects(),
        model.bounds(),
        model.assumptions(),
        pinned,
        model.witnesses(),
        model.neverFires(),
        model.notApplicable(),
        model.shownIn(),
        claims);
  }

  private static final class Silent implements VerifyListener {
    @Override
    public void finished(String what, Verdict verdict, String message) {}

    @Override
    public void working(String what, Progress progress) {}
  }
}
