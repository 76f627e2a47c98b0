package io.ringfence.cli;

import io.ringfence.tlc.TlcTools;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.Plural;
import io.ringfence.verify.Project;
import io.ringfence.verify.TlcClaims;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Looks at a machine: what Ringfence needs there, and what it can make use of. */
final class Doctor {
  private static final long MIB = 1 << 20;
  private static final int JAVA = 17;

  private static final long DISK_MIB = 1024;

  private final Project project;
  private final Function<String, String> environment;

  /** How an examination ended. */
  enum State {
    /** It is there. */
    OK,
    /** What works without it works, and what does not is named. */
    OPTIONAL,
    /** Nothing works before this is mended. */
    MISSING
  }

  /**
   * What was found.
   *
   * @param what the thing that was looked for
   * @param found what there is, or what to do
   */
  record Finding(State state, String what, String found) {}

  /**
   * Prepares an examination.
   *
   * @param environment the variables of the environment, null for one that is not set
   */
  Doctor(Project project, Function<String, String> environment) {
    this.project = project;
    this.environment = environment;
  }

  /** Examines everything, the things that are needed first. */
  List<Finding> examine(Supplier<TlcTools> tools, Supplier<Manifest> manifest) {
    return List.of(
        java(Runtime.version().feature()),
        needed("TLA+ tools", () -> tools.get().version() + ", " + tools.get().jar()),
        needed("models", () -> manifest.get().models().size() + " in " + project.models()),
        writable("reports", project.reports()),
        temporaryFiles(Path.of(System.getProperty("java.io.tmpdir"))),
        memory(memoryMib(), Runtime.getRuntime().availableProcessors()),
        program("git", "to name the commit that a run was of", "git"),
        program("javac", "to build Ringfence after a change", "a JDK 17 or later"),
        program("mvn", "to build Ringfence after a change", "Maven 3.6.3 or later"),
        program("chromium", "to test the report in a browser", "Chromium"),
        program("gcc", "to test the exported C tests", "gcc"),
        program("dot", "to draw what './ringfence graph' prints", "Graphviz"));
  }

  static Finding java(int feature) {
    return feature >= JAVA
        ? new Finding(State.OK, "Java", String.valueOf(Runtime.version()))
        : new Finding(State.MISSING, "Java", feature + "; a JDK " + JAVA + " or later is needed");
  }

  private static Finding needed(String what, Supplier<String> examination) {
    try {
      return new Finding(State.OK, what, examination.get());
    } catch (RuntimeException e) {
      return new Finding(State.MISSING, what, String.valueOf(e.getMessage()));
    }
  }

  static Finding writable(String what, Path directory) {
    Path existing = directory.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.isDirectory(existing) && Files.isWritable(existing)
        ? new Finding(State.OK, what, directory.toString())
        : new Finding(State.MISSING, what, existing + " cannot be written to; change its rights");
  }

  private static Finding temporaryFiles(Path directory) {
    Finding writable = writable("temporary files", directory);
    if (writable.state() != State.OK) {
      return writable;
    }
    try {
      FileStore store = Files.getFileStore(directory);
      return space(directory, store.getUsableSpace() / MIB);
    } catch (IOException e) {
      return new Finding(State.MISSING, "temporary files", directory + ": " + e.getMessage());
    }
  }

  static Finding space(Path directory, long freeMib) {
    String found = directory + ", " + freeMib + " MiB free";
    return freeMib >= DISK_MIB
        ? new Finding(State.OK, "temporary files", found)
        : new Finding(
            State.MISSING,
            "temporary files",
            found + "; TLC needs " + DISK_MIB + " MiB. Free some, or set java.io.tmpdir");
  }

  private static long memoryMib() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() / MIB
        : Long.MAX_VALUE;
  }

  static Finding memory(long mib, int processors) {
    // This process, and one TLC more than there are processors.
    long wanted = (long) TlcClaims.HEAP_MIB * (processors + 2);
    String found = mib + " MiB for " + Plural.of(processors, "processor");
    return mib >= wanted
        ? new Finding(State.OK, "memory", found)
        : new Finding(
            State.OPTIONAL,
            "memory",
            found
                + "; a large model can end with out-of-memory, as up to "
                + wanted
                + " MiB can be in use");
  }

  Finding program(String name, String purpose, String install) {
    String path = environment.apply("PATH");
    for (String directory : (path == null ? "" : path).split(java.io.File.pathSeparator, -1)) {
      Path file = Path.of(directory.isEmpty() ? "." : directory, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return new Finding(State.OK, name, file.toString());
      }
    }
    return new Finding(
        State.OPTIONAL, name, "not on the PATH; needed " + purpose + ". Install " + install);
  }

  /** A finding as a line of text. */
  static String line(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%-9s %-16s %s",
        finding.state().toString().toLowerCase(Locale.ROOT),
        finding.what(),
        finding.found());
  }
}
