package io.ringfence.firmware.modules;

import java.util.Arrays;
import java.util.Optional;

/** The words that an attacker in the module's memory domain overwrites, and with what. */
public enum Forgery {
  /** The module's context pointer becomes NULL. */
  ALLOC_NULL("alloc=NULL"),
  /** The context's heap becomes NULL. */
  HEAP_NULL("heap=NULL"),
  /** The context's heap becomes that of another module. */
  HEAP_OTHER("heap=other"),
  /** The context's heap becomes a {@code k_heap} of the attacker's. */
  HEAP_FORGED("heap=forged"),
  /** The context's region becomes a {@code vregion} of the attacker's. */
  VREG_FORGED("vreg=forged"),
  /** The object pool's region becomes a {@code vregion} of the attacker's. */
  POOL_FORGED("pool=forged"),
  /** The first container's block becomes an object of the kernel. */
  CONTAINER_VICTIM("container=victim");

  private final String text;

  Forgery(String text) {
    this.text = text;
  }

  /** The name in the specification. */
  public String text() {
    return text;
  }

  /** Finds a forgery by its name in the specification. */
  public static Optional<Forgery> of(String text) {
    return Arrays.stream(values()).filter(forgery -> forgery.text.equals(text)).findFirst();
  }
}
