package io.ringfence.firmware.modules;

import java.util.Arrays;
import java.util.Optional;

/** The words that an attacker in the module's memory domain overwrites, and with what. */
public enum Forgery {
  /** The module's context pointer becomes NULL. */
  ALLOC_NULL("alloc=NULL"),
  /** The module's context pointer becomes an address where nothing is mapped. */
  ALLOC_OUTSIDE("alloc=outside"),
  /** The context's heap becomes NULL. */
  HEAP_NULL("heap=NULL"),
  /** The context's heap becomes that of another module. */
  HEAP_OTHER("heap=other"),
  /** The context's heap becomes a {@code k_heap} of the attacker's. */
  HEAP_FORGED("heap=forged"),
  /** The context's heap becomes that of the kernel. */
  HEAP_SYSTEM("heap=system"),
  /** The context's heap becomes an address where nothing is mapped. */
  HEAP_OUTSIDE("heap=outside"),
  /** The context's region becomes a {@code vregion} of the attacker's. */
  VREG_FORGED("vreg=forged"),
  /** The context's region becomes an address where nothing is mapped. */
  VREG_OUTSIDE("vreg=outside"),
  /** The object pool's region becomes a {@code vregion} of the attacker's. */
  POOL_FORGED("pool=forged"),
  /** The object pool's region becomes an address where nothing is mapped. */
  POOL_OUTSIDE("pool=outside"),
  /** The first container's block becomes an object of the kernel. */
  CONTAINER_VICTIM("container=victim"),
  /** The first container's block becomes one of another module. */
  CONTAINER_OTHER("container=other"),
  /** The first container's block becomes an address where nothing is mapped. */
  CONTAINER_OUTSIDE("container=outside"),
  /** The first container's block becomes a handler of blobs that the attacker puts together. */
  CONTAINER_HANDLER("container=handler"),
  /** Every handler of blobs names a function of the kernel, and an object of it as its blob. */
  HANDLER_FORGED("handler=forged"),
  /** The module's memory domain becomes NULL. */
  MDOM_NULL("mdom=NULL"),
  /** The module's memory domain becomes that of another module. */
  MDOM_OTHER("mdom=other"),
  /** The module's memory domain becomes an address where nothing is mapped. */
  MDOM_OUTSIDE("mdom=outside");

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
