package io.ringfence.tlc.eval;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Opens models for evaluation. */
public final class Evaluators {
  /** Implements {@link IsolatedFactory} against TLC's classes. */
  private static final String FACTORY = "io.ringfence.tlc.isolated.IsolatedEvaluatorFactory";

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
    requireFile(rootModule, "module");
    requireFile(config, "configuration");
    requireFile(tlcJar, "jar of the TLA+ tools");
    StandardModules modules = StandardModules.unpack(tlcJar);
    IsolatedLoader loader = IsolatedLoader.of(tlcJar);
    try {
      Evaluator evaluator =
          factory(loader)
              .open(
                  rootModule.toAbsolutePath().normalize(),
                  config.toAbsolutePath().normalize(),
                  modules.searchPath(libraryDirs));
      return new ClosingEvaluator(evaluator, loader, modules);
    } catch (EvaluationException e) {
      release(loader, modules);
      throw e;
    } catch (InvocationTargetException e) {
      release(loader, modules);
      throw unsupported(tlcJar, Objects.requireNonNullElse(e.getCause(), e));
    } catch (ReflectiveOperationException | LinkageError e) {
      release(loader, modules);
      throw unsupported(tlcJar, e);
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
    requireFile(rootModule, "module");
    requireFile(tlcJar, "jar of the TLA+ tools");
    try (StandardModules modules = StandardModules.unpack(tlcJar);
        IsolatedLoader loader = IsolatedLoader.of(tlcJar)) {
      return factory(loader)
          .shapes(rootModule.toAbsolutePath().normalize(), modules.searchPath(libraryDirs));
    } catch (InvocationTargetException e) {
      throw unsupported(tlcJar, Objects.requireNonNullElse(e.getCause(), e));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw unsupported(tlcJar, e);
    }
  }

  private static IsolatedFactory factory(IsolatedLoader loader)
      throws ReflectiveOperationException {
    return Class.forName(FACTORY, true, loader)
        .asSubclass(IsolatedFactory.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static EvaluationException unsupported(Path tlcJar, Throwable cause) {
    return new EvaluationException(
        tlcJar
            + ": this release of the TLA+ tools has another inner interface than the one that"
            + " this program is built for; use the release that comes with it. "
            + cause,
        cause);
  }

  private static void requireFile(Path file, String what) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such " + what + "; check its path");
    }
  }

  private static void release(IsolatedLoader loader, StandardModules modules) throws IOException {
    loader.close();
    modules.close();
  }
}
