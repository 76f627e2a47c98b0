package io.ringfence.tlc.eval;

import java.nio.file.Path;
import java.util.List;

/** The door into an isolated class loader: implemented there, called from outside. */
public interface IsolatedFactory {
  /**
   * Open the one model of this class loader.
   *
   * @param rootModule the module, absolute
   * @param config the configuration, absolute
   * @param modulePath directories that hold modules, those of the standard modules included
   */
  Evaluator open(Path rootModule, Path config, List<Path> modulePath);
}
