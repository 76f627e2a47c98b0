package io.ringfence.binding;

import io.ringfence.trace.Value;
import it.unimi.dsi.fastutil.Hash;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenCustomHashMap;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Values by the raw words that they were computed from. Far fewer values occur than states, so an
 * abstraction mostly reads words and finds the value that it built for them before. The words are
 * compared, not just their hash: a wrong value would be a wrong verdict.
 */
public final class ValueCache {
  private static final int EXPECTED_WORDS = 64;

  private final Object2ObjectOpenCustomHashMap<int[], Value> values =
      new Object2ObjectOpenCustomHashMap<>(new Words());
  private int[] words = new int[EXPECTED_WORDS];
  private int count;

  /** Compares the counted prefix of the query with stored keys, which are exactly as long. */
  private final class Words implements Hash.Strategy<int[]> {
    @Override
    public int hashCode(int[] key) {
      int length = key == words ? count : key.length;
      int hash = length;
      for (int i = 0; i < length; i++) {
        hash = hash * 31 + key[i];
      }
      return hash;
    }

    @Override
    public boolean equals(int[] a, int[] b) {
      if (a == null || b == null) {
        return a == b;
      }
      return Arrays.equals(a, 0, length(a), b, 0, length(b));
    }

    private int length(int[] key) {
      return key == words ? count : key.length;
    }
  }

  /** Begins a new query. */
  public ValueCache begin() {
    count = 0;
    return this;
  }

  /** Adds a word that the value depends on. */
  public void add(int word) {
    if (count == words.length) {
      words = Arrays.copyOf(words, 2 * count);
    }
    words[count++] = word;
  }

  /** Returns the value for the words added since {@link #begin}; computes it the first time. */
  public Value value(Supplier<Value> compute) {
    Value known = values.get(words);
    if (known == null) {
      int[] key = Arrays.copyOf(words, count);
      known = compute.get();
      values.put(key, known);
    }
    return known;
  }
}
