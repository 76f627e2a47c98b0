package io.ringfence.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Work on many things, with all processors. */
public final class EachOf {
  /** What is done for each. */
  public interface Work<T> {
    /** Does it for one. */
    void on(T item) throws IOException;
  }

  private EachOf() {}

  /**
   * Works on all things.
   *
   * @throws IOException the first one of any work
   */
  public static <T> void all(List<T> items, Work<T> work) throws IOException {
    try {
      items.parallelStream()
          .forEach(
              item -> {
                try {
                  work.on(item);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
