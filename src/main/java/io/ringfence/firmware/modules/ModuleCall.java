package io.ringfence.firmware.modules;

import java.util.Locale;

/** The memory calls of a module, by their names in C. */
public enum ModuleCall {
  /** Allocates from the module's context. */
  MOD_ALLOC_EXT,
  /** Allocates a buffer. */
  MOD_BALLOC_ALIGN,
  /** Frees a block. */
  MOD_FREE,
  /** Frees everything that the module has. */
  MOD_FREE_ALL;

  /** The name in C. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the call returns memory. */
  public boolean allocates() {
    return this == MOD_ALLOC_EXT || this == MOD_BALLOC_ALIGN;
  }
}
