package io.ringfence.tlc.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The door into an isolated class loader: implemented there, called from outside. */
public interface IsolatedFactory {
  /**
   * Open a model, when the one that this class loader had before is no longer used.
   *
   * @param rootModule the module, absolute
   * @param config the configuration, absolute
   * @param modulePath directories that hold modules, those of the standard modules included
   */
  Evaluator open(Path rootModule, Path config, List<Path> modulePath);

  /**
   * Parse a module, in a class loader of its own, and say what its operators speak about.
   *
   * @return the shapes by operator; without those that have parameters
   */
  Map<String, PropertyShape> shapes(Path rootModule, List<Path> modulePath);
}
