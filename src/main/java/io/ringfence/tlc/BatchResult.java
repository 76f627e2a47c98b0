package io.ringfence.tlc;

import java.nio.file.Path;
import java.util.Map;

/**
 * What one run showed of the claims of a batch. Whatever is not there is open: it has been neither
 * confirmed nor refuted, and needs a run of its own.
 *
 * @param settled by configuration the result that a run of that configuration alone has: a success
 *     of the one that holds, a violation of each other one
 */
public record BatchResult(Map<Path, TlcResult> settled) {
  /** The result of a run that shows nothing. */
  static final BatchResult OPEN = new BatchResult(Map.of());

  /** Copy the map. */
  public BatchResult {
    settled = Map.copyOf(settled);
  }
}
