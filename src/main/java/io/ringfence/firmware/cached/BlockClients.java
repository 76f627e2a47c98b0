package io.ringfence.firmware.cached;

import java.util.List;
import java.util.Set;

/**
 * Who uses blocks, and how.
 *
 * @param cores how many cores there are
 * @param shared for each client, whether it uses its block on all cores
 * @param lines the cache lines in which clients read and write, counted from the first chunk of the
 *     system heap
 * @param anyCoreFrees whether a block that one core uses may be freed by another
 * @param freeByPointer whether blocks are freed by the address that the allocation returned
 * @param freeByAlias whether blocks are freed by their other address
 */
public record BlockClients(
    int cores,
    List<Boolean> shared,
    Set<Integer> lines,
    boolean anyCoreFrees,
    boolean freeByPointer,
    boolean freeByAlias) {
  /** Copies the collections. */
  public BlockClients {
    shared = List.copyOf(shared);
    lines = Set.copyOf(lines);
  }

  boolean isShared(int client) {
    return shared.get(client);
  }
}
