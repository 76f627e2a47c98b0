package io.ringfence.tlc.eval;

import io.ringfence.tlc.eval.EvaluatorPool.Model;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A copy of TLC's classes, which keep state in static fields, with the standard modules beside it.
 * Used by one model at a time.
 */
final class TlcCopy implements AutoCloseable {
  /** Implements {@link IsolatedFactory} against TLC's classes. */
  private static final String FACTORY = "io.ringfence.tlc.isolated.IsolatedEvaluatorFactory";

  private final Path tlcJar;
  private final StandardModules modules;
  private final IsolatedLoader loader;

  private TlcCopy(Path tlcJar, StandardModules modules, IsolatedLoader loader) {
    this.tlcJar = tlcJar;
    this.modules = modules;
    this.loader = loader;
  }

  static TlcCopy of(Path tlcJar) throws IOException {
    return new TlcCopy(tlcJar, StandardModules.unpack(tlcJar), IsolatedLoader.of(tlcJar));
  }

  /** Open a model. After an exception, this copy can have been left in any state. */
  Evaluator open(Model model, Path config) {
    return with(
        factory ->
            factory.open(
                model.rootModule(),
                config.toAbsolutePath().normalize(),
                modules.searchPath(model.libraryDirs())));
  }

  /** Say what the operators of a module speak about. */
  Map<String, PropertyShape> shapes(Model model) {
    return with(
        factory -> factory.shapes(model.rootModule(), modules.searchPath(model.libraryDirs())));
  }

  private interface Use<T> {
    T with(IsolatedFactory factory);
  }

  private <T> T with(Use<T> use) {
    try {
      return use.with(
          Class.forName(FACTORY, true, loader)
              .asSubclass(IsolatedFactory.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (InvocationTargetException e) {
      throw unsupported(Objects.requireNonNullElse(e.getCause(), e));
    } catch (ReflectiveOperationException | LinkageError e) {
      throw unsupported(e);
    }
  }

  private EvaluationException unsupported(Throwable cause) {
    return new EvaluationException(
        tlcJar
            + ": this release of the TLA+ tools has another inner interface than the one that"
            + " this program is built for; use the release that comes with it. "
            + cause,
        cause);
  }

  @Override
  public void close() throws IOException {
    try (modules;
        loader) {
      // Closing is all.
    }
  }
}
