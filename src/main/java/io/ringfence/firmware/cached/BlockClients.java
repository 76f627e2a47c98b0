package io.ringfence.firmware.cached;

import java.util.List;
import java.util.Set;

/**
 * Who uses blocks, and how.
 *
 * @param cores how many cores there are
 * @param uses for each client, what it has its block for
 * @param lines the cache lines in which clients read and write, counted from the first chunk of the
 *     system heap
 * @param anyCoreFrees whether a block that one core uses may be freed by another
 * @param freeByPointer whether blocks are freed by the address that the allocation returned
 * @param freeByAlias whether blocks are freed by their other address
 */
public record BlockClients(
    int cores,
    List<Use> uses,
    Set<Integer> lines,
    boolean anyCoreFrees,
    boolean freeByPointer,
    boolean freeByAlias) {
  /** What a block is for. */
  public enum Use {
    /** For one core at a time. */
    PRIVATE,
    /** For all cores: an LL instance, or the context of the IPC thread. */
    SHARED,
    /** For all cores: the private data of an LL task, with the semaphore in it. */
    PDATA
  }

  /** Copies the collections. */
  public BlockClients {
    uses = List.copyOf(uses);
    lines = Set.copyOf(lines);
  }

  /** Whether a client uses its block on all cores. */
  public boolean isShared(int client) {
    return uses.get(client) != Use.PRIVATE;
  }
}
