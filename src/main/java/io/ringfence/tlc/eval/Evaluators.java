package io.ringfence.tlc.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens single models, each with a copy of TLC of its own. */
public final class Evaluators {
  private Evaluators() {}

  /**
   * Open a model.
   *
   * @param rootModule the module to evaluate, a {@code .tla} file
   * @param config its configuration, a {@code .cfg} file
   * @param libraryDirs further directories that hold modules
   * @param tlcJar the TLA+ tools
   * @throws EvaluationException if TLC cannot read the model, or if its next-state relation hides
   *     which action a step is
   * @throws IOException if a file is missing or cannot be read
   */
  public static Evaluator open(Path rootModule, Path config, List<Path> libraryDirs, Path tlcJar)
      throws IOException {
    // What a closed pool has given away is removed when it comes back.
    try (EvaluatorPool once = new EvaluatorPool()) {
      return once.open(rootModule, config, libraryDirs, tlcJar);
    }
  }

  /**
   * Say what the operators of a module, and of those that it extends, speak about.
   *
   * @param rootModule the module, a {@code .tla} file
   * @param libraryDirs further directories that hold modules
   * @param tlcJar the TLA+ tools
   * @return the shapes by operator; without those that have parameters
   * @throws EvaluationException if the module cannot be parsed
   * @throws IOException if a file is missing or cannot be read
   */
  public static Map<String, PropertyShape> shapes(
      Path rootModule, List<Path> libraryDirs, Path tlcJar) throws IOException {
    EvaluatorPool.Model model = EvaluatorPool.model(rootModule, libraryDirs, tlcJar);
    try (TlcCopy copy = TlcCopy.of(tlcJar)) {
      return copy.shapes(model);
    }
  }
}
