package io.ringfence.tlc;

import io.ringfence.tlc.eval.PropertyShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A module that extends that of a batch by a guarded copy of each property that should be violated.
 * A guarded copy is violated where the property is, but only the first time, which a register of
 * TLC remembers; so TLC can go on after it.
 *
 * <p>TLC looks at a state or a step no further once it violates something. A property that is
 * violated at the very place where another one is reported would be reported elsewhere, by a longer
 * behavior: its register is set too, and a line is printed that names both, the other one second.
 */
final class GuardedModule {
  private static final String MODULE = "RingfenceBatch";
  private static final String PREFIX = "Ringfence_";

  /** Registers from here on are not for specifications. */
  private static final int FIRST_REGISTER = 1000;

  private final TlcBatch batch;
  private final Map<String, TlcBatch.Violation> guards = new TreeMap<>();

  GuardedModule(TlcBatch batch) {
    this.batch = batch;
    for (int i = 0; i < batch.violated().size(); i++) {
      guards.put(name(i), batch.violated().get(i));
    }
  }

  /** Return the violation that a guarded copy stands for, by the name that TLC prints. */
  Optional<TlcBatch.Violation> guardedBy(String name) {
    return Optional.ofNullable(guards.get(name));
  }

  /**
   * Write the module and its configuration.
   *
   * @return the job that checks them
   */
  TlcJob write(Path directory, ConfigFile config) throws IOException {
    TlcJob job = batch.job();
    String root = job.rootModule().getFileName().toString().replaceFirst("\\.tla$", "");
    Path module = Files.writeString(directory.resolve(MODULE + ".tla"), module(root));
    Path guarded = Files.writeString(directory.resolve(MODULE + ".cfg"), configuration(config));
    List<Path> libraries = new ArrayList<>();
    libraries.add(ModuleFiles.folder(job));
    libraries.addAll(job.libraryDirs());
    return job.on(module, guarded, libraries);
  }

  private String module(String root) {
    List<TlcBatch.Violation> violated = batch.violated();
    StringBuilder text = new StringBuilder();
    text.append("---- MODULE ").append(MODULE).append(" ----\n");
    text.append("EXTENDS ").append(root).append("\n");
    text.append(PREFIX).append(" == INSTANCE TLC\n");
    for (int i = 0; i < violated.size(); i++) {
      text.append("ASSUME ").append(set(i, "FALSE")).append("\n");
    }
    for (int i = 0; i < violated.size(); i++) {
      StringBuilder report = new StringBuilder(set(i, "TRUE"));
      for (int j = i + 1; j < violated.size(); j++) {
        if (violated.get(j).shape() == violated.get(i).shape()) {
          report
              .append(" /\\ (")
              .append(part(j))
              .append(" \\/ ")
              .append(get(j))
              .append(" \\/ (")
              .append(set(j, "TRUE"))
              .append(" /\\ ")
              .append(print(j, i))
              .append("))");
        }
      }
      String guarded = get(i) + " \\/ " + part(i) + " \\/ ~(" + report + ")";
      text.append(name(i)).append(" == ");
      text.append(
          isStep(i) ? "[][" + guarded + "]_(" + violated.get(i).property() + "!1!2)" : guarded);
      text.append("\n");
    }
    if (!batch.holds()) {
      text.append(searching()).append(" == ~(");
      for (int i = 0; i < violated.size(); i++) {
        text.append(i == 0 ? "" : " /\\ ").append(get(i));
      }
      text.append(")\n");
    }
    return text.append("====\n").toString();
  }

  private String configuration(ConfigFile config) {
    StringBuilder text =
        new StringBuilder(batch.holds() ? config.text() : config.only(Set.of()).text());
    if (!batch.holds()) {
      // Once everything is found, the rest of the graph has nothing to show.
      text.append("\nCONSTRAINT ").append(searching());
    }
    // What should hold comes first, as a state that violates it is looked at no further.
    guards.forEach(
        (name, violation) ->
            text.append(violation.shape() == PropertyShape.STEP ? "\nPROPERTY " : "\nINVARIANT ")
                .append(name));
    return text.append("\n").toString();
  }

  private boolean isStep(int index) {
    return batch.violated().get(index).shape() == PropertyShape.STEP;
  }

  /** The predicate on a state or a step that is the property: of {@code [][A]_v}, {@code [A]_v}. */
  private String part(int index) {
    String property = batch.violated().get(index).property();
    return isStep(index) ? property + "!1" : property;
  }

  private static String print(int index, int reported) {
    return PREFIX + "!PrintT(<<\"" + name(index) + "\", \"" + name(reported) + "\">>)";
  }

  private static String name(int index) {
    // As many digits for all, so that the order of the names is that of the guards.
    return PREFIX + String.format(Locale.ROOT, "%03d", index + 1);
  }

  private static String searching() {
    return PREFIX + "Searching";
  }

  private static String get(int index) {
    return PREFIX + "!TLCGet(" + (FIRST_REGISTER + index) + ")";
  }

  private static String set(int index, String value) {
    return PREFIX + "!TLCSet(" + (FIRST_REGISTER + index) + ", " + value + ")";
  }
}
