package io.ringfence.scenario.scheduler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was allocated, in the order of the allocations. Memory of what was released is not used
 * again, so an address says for ever what it belonged to.
 */
final class AllocatedObjects {
  private final List<Allocated> all = new ArrayList<>();
  private final Set<Allocated> released = new HashSet<>();

  /**
   * An object.
   *
   * @param kind such as {@code pdata}
   * @param label its name in the corpus
   * @param heap {@code sys}, {@code user} or {@code kobj}; empty for memory that the recorder did
   *     not list
   */
  record Allocated(String kind, String label, String heap, int address, int size) {
    boolean contains(int other) {
      return other >= address && other < address + size;
    }

    boolean isListed() {
      return !heap.isEmpty();
    }
  }

  void add(Allocated object) {
    all.add(object);
  }

  void release(Allocated object) {
    released.add(object);
  }

  boolean isLive(Allocated object) {
    return !released.contains(object);
  }

  /** The object that an address lies in, alive or not. */
  @Nullable Allocated at(int address) {
    for (Allocated object : all) {
      if (object.contains(address)) {
        return object;
      }
    }
    return null;
  }

  List<Allocated> live() {
    return all.stream().filter(this::isLive).toList();
  }

  List<Allocated> live(String kind) {
    return live().stream().filter(object -> object.kind().equals(kind)).toList();
  }
}
