package io.ringfence.tlc;

import io.ringfence.tlc.TlcOutcome.Violated;
import io.ringfence.tlc.TlcOutcome.ViolationKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Runs TLC until each property of a configuration is decided. TLC stops at the first violation,
 * which says nothing of the other properties; so those are checked again without the violated one,
 * until a run explores everything.
 *
 * <p>The configuration itself is not changed: a run on a part of its properties has a copy.
 */
public final class PropertyRunner {
  private final TlcRunner runner;

  /** Create a runner. */
  public PropertyRunner() {
    this(new TlcRunner());
  }

  /** Create a runner that runs another TLC, for tests with one that lies. */
  PropertyRunner(TlcRunner runner) {
    this.runner = runner;
  }

  /**
   * Check every property.
   *
   * @param job the model; its time limit is that of each run
   * @param alone the properties that get a run of their own, without a check for deadlock, since
   *     they are expected to be violated
   * @throws IOException if the configuration cannot be read, or a directory for a run not be made
   * @throws InterruptedException if the thread is interrupted; TLC is stopped first
   */
  public PropertyResults run(TlcJob job, Set<String> alone)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(job.rootModule()) || !Files.isRegularFile(job.config())) {
      return new PropertyResults(Map.of(), runner.run(job, ProgressListener.NONE), false);
    }
    return new Search(job, ConfigFile.read(job.config())).run(alone);
  }

  /** The runs on one configuration. */
  private final class Search {
    private final TlcJob job;
    private final ConfigFile config;
    private final Map<String, TlcResult> decided = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    Search(TlcJob job, ConfigFile config) {
      this.job = job;
      this.config = config;
    }

    PropertyResults run(Set<String> alone) throws IOException, InterruptedException {
      open.addAll(config.claims());
      open.removeAll(alone);
      TlcResult exploration = explore();
      Set<String> expected = new LinkedHashSet<>(config.claims());
      expected.retainAll(alone);
      decideAlone(expected);
      Map<String, TlcResult> inOrder = new LinkedHashMap<>();
      config.claims().forEach(name -> inOrder.put(name, Objects.requireNonNull(decided.get(name))));
      return new PropertyResults(inOrder, exploration, config.isConstrained());
    }

    private TlcResult explore() throws IOException, InterruptedException {
      TlcResult deadlock = null;
      while (true) {
        TlcResult result = check(job, open, deadlock == null && job.deadlockCheck());
        if (deadlock == null && isDeadlock(result)) {
          deadlock = result;
        } else if (!settle(result)) {
          open.forEach(name -> decided.put(name, result));
          return deadlock == null ? result : deadlock;
        }
        if (deadlock != null && open.isEmpty()) {
          return deadlock;
        }
      }
    }

    /** Note what a violation says; return whether the rest is worth a run. */
    private boolean settle(TlcResult result) throws IOException, InterruptedException {
      if (!(result.outcome() instanceof Violated violated)
          || violated.kind() == ViolationKind.DEADLOCK
          || violated.kind() == ViolationKind.ASSERT) {
        return false;
      }
      Optional<String> name = violated.property();
      if (name.isPresent()) {
        decided.put(name.get(), result);
        return open.remove(name.get());
      }
      // TLC does not say which one, and can of one alone.
      Set<String> candidates = new LinkedHashSet<>(config.properties());
      candidates.retainAll(open);
      decideAlone(candidates);
      return open.removeAll(candidates);
    }

    private void decideAlone(Set<String> names) throws IOException, InterruptedException {
      for (String name : names) {
        decided.put(name, check(job.withCoverage(false), Set.of(name), false));
      }
    }

    private TlcResult check(TlcJob checked, Set<String> names, boolean deadlockCheck)
        throws IOException, InterruptedException {
      TlcJob run = checked.withDeadlockCheck(deadlockCheck);
      return names.equals(config.claims())
          ? runner.run(run, ProgressListener.NONE)
          : runner.run(run, config.only(names));
    }
  }

  private static boolean isDeadlock(TlcResult result) {
    return result.outcome() instanceof Violated violated
        && violated.kind() == ViolationKind.DEADLOCK;
  }
}
