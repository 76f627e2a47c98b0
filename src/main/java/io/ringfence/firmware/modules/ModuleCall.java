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
  MOD_FREE_ALL,
  /** Gets a copy of constant data. */
  MOD_FAST_GET,
  /** Makes a handler of data blobs. */
  MOD_DATA_BLOB_HANDLER_NEW;

  /** The name in C. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the call returns something that the module frees later. */
  public boolean acquires() {
    return allocates() || this == MOD_FAST_GET || this == MOD_DATA_BLOB_HANDLER_NEW;
  }

  /** Whether that comes from the module's context; a handler is taken from the LL user heap. */
  public boolean usesContext() {
    return allocates() || this == MOD_FAST_GET;
  }

  /** Whether that is a block of as many bytes as the caller asks for. */
  public boolean allocates() {
    return this == MOD_ALLOC_EXT || this == MOD_BALLOC_ALIGN;
  }
}
