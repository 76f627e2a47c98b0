package io.ringfence.junit;

import io.ringfence.tlc.PropertyResults;
import io.ringfence.tlc.PropertyRunner;
import io.ringfence.tlc.TlcJob;
import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcOutcome.Failed;
import io.ringfence.tlc.TlcOutcome.Incomplete;
import io.ringfence.tlc.TlcOutcome.Success;
import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what TLC says of a model into tests: one for each property, and one for the rest. */
final class PropertyTests {
  private final ModelCheck check;
  private final TlcJob job;
  private final Set<String> expected;

  private PropertyTests(ModelCheck check, TlcJob job) {
    this.check = check;
    this.job = job;
    this.expected = new LinkedHashSet<>(List.of(check.expect()));
  }

  /** Check a model. What keeps TLC from running is a test that fails. */
  static List<PropertyTest> of(ModelCheck check, ClassLoader loader) {
    TlcJob job;
    try {
      job = job(check, new ModelFiles(loader));
    } catch (IOException | IllegalArgumentException e) {
      return List.of(notRun(e));
    }
    try {
      PropertyTests tests = new PropertyTests(check, job);
      return tests.judge(new PropertyRunner().run(job, tests.expected));
    } catch (IOException e) {
      return List.of(notRun(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while TLC ran", e);
    }
  }

  private static PropertyTest notRun(Exception e) {
    return new PropertyTest(ModelCheck.EXPLORATION, "TLC did not run. " + e.getMessage());
  }

  private static TlcJob job(ModelCheck check, ModelFiles files) throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (String library : check.libraries()) {
      libraries.add(files.find("libraries", library));
    }
    return new TlcJob(
        files.find("spec", check.spec()),
        files.find("config", config(check)),
        libraries,
        check.workers(),
        Duration.ofSeconds(check.limitSeconds()),
        check.heapMiB(),
        check.deadlock(),
        List.of("-XX:+UseParallelGC"),
        TlcTools.onClassPath().jar(),
        check.actionsTaken());
  }

  private static String config(ModelCheck check) {
    return check.config().isEmpty()
        ? check.spec().replaceFirst("\\.tla$", "") + ".cfg"
        : check.config();
  }

  private List<PropertyTest> judge(PropertyResults results) {
    List<PropertyTest> tests = new ArrayList<>();
    results
        .properties()
        .forEach(
            (name, result) -> tests.add(new PropertyTest(name, verdict(name, result.outcome()))));
    for (String name : expected) {
      if (!results.properties().containsKey(name)) {
        tests.add(new PropertyTest(name, unlisted(name)));
      }
    }
    String failure = exploration(results);
    tests.add(
        new PropertyTest(
            results.constrained() ? ModelCheck.EXPLORATION_WITHIN : ModelCheck.EXPLORATION,
            failure));
    if (failure == null && check.actionsTaken()) {
      tests.add(
          new PropertyTest(
              ModelCheck.ACTIONS,
              new ActionsTaken(results.exploration().statistics().actions(), model())
                  .failure(List.of(check.neverTaken()))));
    }
    return tests;
  }

  private @Nullable String verdict(String name, TlcOutcome outcome) {
    if (outcome instanceof Success) {
      return expected.contains(name)
          ? name
              + " holds in "
              + model()
              + ", and is expected to be violated. If that was repaired, remove it from expect of"
              + " @ModelCheck."
          : null;
    }
    if (outcome instanceof Violated violated
        && violated.property().filter(name::equals).isPresent()) {
      return expected.contains(name)
          ? null
          : name + " is violated in " + model() + ":\n\n" + counterexample(violated);
    }
    return name + " was not decided in " + model() + ". " + reason(outcome);
  }

  private String unlisted(String name) {
    return name
        + " is expected to be violated, and "
        + config(check)
        + " does not list it as an INVARIANT or a PROPERTY.";
  }

  private @Nullable String exploration(PropertyResults results) {
    TlcOutcome outcome = results.exploration().outcome();
    if (!(outcome instanceof Success)) {
      return "TLC did not explore all states of " + model() + ". " + reason(outcome);
    }
    return results.properties().isEmpty()
        ? config(check)
            + " lists no INVARIANT and no PROPERTY, so nothing is checked. List what should hold."
        : null;
  }

  private String reason(TlcOutcome outcome) {
    if (outcome instanceof Failed failed) {
      return failed.describe();
    }
    if (outcome instanceof Incomplete incomplete) {
      return incomplete.message();
    }
    if (outcome instanceof Violated violated) {
      String advice =
          violated.kind() == ViolationKind.DEADLOCK
              ? " If the model may end there, set deadlock = false."
              : "";
      return violated.message() + advice + "\n\n" + counterexample(violated);
    }
    return outcome.toString();
  }

  private String counterexample(Violated violated) {
    return new Counterexample(job, violated).text();
  }

  private String model() {
    return check.spec() + " with " + config(check);
  }
}
