package io.ringfence.tlc.isolated;

import org.jspecify.annotations.Nullable;

/** A hash table from fingerprints to objects, by open addressing; entries are never removed. */
final class FingerprintMap<T> {
  private static final int INITIAL_CAPACITY = 64;

  private long[] keys = new long[INITIAL_CAPACITY];
  private @Nullable Object[] values = new Object[INITIAL_CAPACITY];
  private int size;

  /** Return the object of a key, or null. */
  @Nullable T get(long key) {
    @SuppressWarnings("unchecked")
    T found = (T) values[slot(key)];
    return found;
  }

  /** Add a key that is not there yet. */
  void put(long key, T value) {
    if (2 * ++size > keys.length) {
      grow();
    }
    int slot = slot(key);
    keys[slot] = key;
    values[slot] = value;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    // The bits of a fingerprint are as good as random.
    int slot = (int) (key ^ key >>> 32) & mask;
    while (values[slot] != null && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new Object[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
