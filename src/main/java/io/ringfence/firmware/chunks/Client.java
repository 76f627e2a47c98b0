package io.ringfence.firmware.chunks;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** What a user thread remembers of a block, in RAM. */
final class Client {
  private static final Struct.Builder LAYOUT = Struct.define("client");

  /** The block, or what is left of the pointer to it. */
  static final Field POINTER = LAYOUT.pointer("ptr");

  /** The size that was asked for; 0 if there is no pointer. */
  static final Field BYTES = LAYOUT.u32("bytes");

  /** The alignment that was asked for. */
  static final Field ALIGN = LAYOUT.u32("align");

  /** Whether the block was not freed yet. */
  static final Field LIVE = LAYOUT.bool("live");

  static final Struct STRUCT = LAYOUT.build();

  private Client() {}
}
