package io.ringfence.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.heap.HeapPlatform;

/** Writes down what the allocators do beside memory: cache operations, messages, locks. */
final class Observer implements HeapPlatform {
  private final Pointers pointers;
  private ArrayNode cache = JsonNodeFactory.instance.arrayNode();
  private int errors;
  private int warnings;
  private int spinlocks;
  private int mutexes;

  Observer(Pointers pointers) {
    this.pointers = pointers;
  }

  /** Forgets what was seen before the next step. */
  void begin() {
    cache = JsonNodeFactory.instance.arrayNode();
    errors = 0;
    warnings = 0;
    spinlocks = 0;
    mutexes = 0;
  }

  /** Adds what was seen during the step; locks are those that it took and did not release. */
  void report(ObjectNode seen) {
    putCount(seen, "errors_logged", errors);
    putCount(seen, "warnings_logged", warnings);
    putCount(seen, "spinlocks_left_held", spinlocks);
    putCount(seen, "mutexes_left_held", mutexes);
    if (!cache.isEmpty()) {
      seen.set("cache", cache);
    }
  }

  private static void putCount(ObjectNode seen, String name, int count) {
    if (count > 0) {
      seen.put(name, count);
    }
  }

  private void cacheOperation(String operation, int address, int bytes) {
    cache.addArray().add(operation).add(pointers.view(address)).add(Integer.toUnsignedLong(bytes));
  }

  @Override
  public void invalidate(int address, int bytes) {
    cacheOperation("invd", address, bytes);
  }

  @Override
  public void flushAndInvalidate(int address, int bytes) {
    cacheOperation("flush_invd", address, bytes);
  }

  @Override
  public void writeBack(int address, int bytes) {
    cacheOperation("writeback", address, bytes);
  }

  @Override
  public void error(String message) {
    errors++;
  }

  @Override
  public void warning(String message) {
    warnings++;
  }

  @Override
  public void lockSpin(int lock) {
    spinlocks++;
  }

  @Override
  public void unlockSpin(int lock) {
    spinlocks--;
  }

  @Override
  public void lockMutex(int mutex) {
    mutexes++;
  }

  @Override
  public void unlockMutex(int mutex) {
    mutexes--;
  }
}
