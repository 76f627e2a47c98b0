package io.ringfence.tlc.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Opens models for evaluation, and keeps TLC's classes for the next model of the same modules: by
 * then they are loaded and compiled, which is much of what a small model costs. Thread-safe.
 *
 * <p>TLC numbers the names of variables and definitions in static fields, so one copy of its
 * classes serves the configurations of one root module only, one after the other, and none once a
 * file beside that module has changed or a model could not be read.
 */
public final class EvaluatorPool implements AutoCloseable {
  private final Map<Model, Deque<TlcCopy>> idle = new HashMap<>();
  private boolean closed;

  /** What a copy of TLC is bound to: the modules, and a stamp that an edit changes. */
  record Model(Path rootModule, List<Path> libraryDirs, Path tlcJar, List<String> stamps) {}

  /**
   * Open a model.
   *
   * @param rootModule the module to evaluate, a {@code .tla} file
   * @param config its configuration, a {@code .cfg} file
   * @param libraryDirs further directories that hold modules
   * @param tlcJar the TLA+ tools
   * @return the model, to be closed by the caller
   * @throws EvaluationException if TLC cannot read the model, or if its next-state relation hides
   *     which action a step is
   * @throws IOException if a file is missing or cannot be read
   */
  public Evaluator open(Path rootModule, Path config, List<Path> libraryDirs, Path tlcJar)
      throws IOException {
    requireFile(config, "configuration");
    Model model = model(rootModule, libraryDirs, tlcJar);
    TlcCopy copy = take(model);
    try {
      return new PooledEvaluator(copy.open(model, config), () -> giveBack(model, copy));
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private synchronized TlcCopy take(Model model) throws IOException {
    TlcCopy copy = idle.getOrDefault(model, new ArrayDeque<>()).poll();
    return copy != null ? copy : TlcCopy.of(model.tlcJar());
  }

  private void giveBack(Model model, TlcCopy copy) throws IOException {
    synchronized (this) {
      if (!closed) {
        idle.computeIfAbsent(model, key -> new ArrayDeque<>()).push(copy);
        return;
      }
    }
    copy.close();
  }

  static Model model(Path rootModule, List<Path> libraryDirs, Path tlcJar) throws IOException {
    requireFile(rootModule, "module");
    requireFile(tlcJar, "jar of the TLA+ tools");
    Path root = rootModule.toAbsolutePath().normalize();
    List<Path> libraries =
        libraryDirs.stream().map(dir -> dir.toAbsolutePath().normalize()).toList();
    List<String> stamps = new ArrayList<>();
    addStamps(root.resolveSibling(""), stamps);
    for (Path library : libraries) {
      addStamps(library, stamps);
    }
    return new Model(root, libraries, tlcJar, List.copyOf(stamps));
  }

  private static void addStamps(Path directory, List<String> stamps) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tla")).sorted().toList()) {
        stamps.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
  }

  private static void requireFile(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such " + what + "; check its path");
    }
  }

  /** Removes all copies that are not in use; those in use go when their evaluators are closed. */
  @Override
  public void close() throws IOException {
    List<TlcCopy> copies = new ArrayList<>();
    synchronized (this) {
      closed = true;
      idle.values().forEach(copies::addAll);
      idle.clear();
    }
    for (TlcCopy copy : copies) {
      copy.close();
    }
  }
}
