package io.ringfence.verify;

/** Numbers of things in words. */
public final class Plural {
  private Plural() {}

  /** For example {@code 1 edge}, {@code 2 edges}. */
  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
