package io.ringfence.tlc.eval;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A class loader with its own copy of TLC and of the adapter to it. Everything that crosses its
 * border (the interfaces of this package, values) comes from the parent.
 */
final class IsolatedLoader extends URLClassLoader {
  private static final String ADAPTER_PACKAGE = "io.ringfence.tlc.isolated.";

  /** The packages of the TLA+ tools; the parent can have them too, and must not give them. */
  private static final String[] TOOLS_PACKAGES = {"tlc2.", "tla2sany.", "util.", "pcal.", "model."};

  static {
    registerAsParallelCapable();
  }

  private IsolatedLoader(URL tools) {
    super(new URL[] {tools}, IsolatedLoader.class.getClassLoader());
  }

  static IsolatedLoader of(Path tlcJar) throws IOException {
    return new IsolatedLoader(tlcJar.toUri().toURL());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean adapter = name.startsWith(ADAPTER_PACKAGE);
    if (!adapter && !isOfTools(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : adapter ? defineAdapter(name) : findClass(name);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  private Class<?> defineAdapter(String name) throws ClassNotFoundException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static boolean isOfTools(String name) {
    for (String prefix : TOOLS_PACKAGES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
