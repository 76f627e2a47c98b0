package io.ringfence.firmware.component;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct processing_module} and the descriptions of its buffers, as far as they are of
 * interest here: SOF module/module/base.h and module/interface.h, 12dd726529.
 */
final class ProcessingModule {
  private static final Struct.Builder LAYOUT = Struct.define("processing_module");
  private static final Struct.Builder STREAM = Struct.define("stream_buffer");

  /** The component. */
  static final Field DEV = LAYOUT.pointer("dev");

  /** What the module reads; allocated by its prepare. */
  static final Field INPUT_BUFFERS = LAYOUT.pointer("input_buffers");

  /** What the module writes; allocated by its prepare. */
  static final Field OUTPUT_BUFFERS = LAYOUT.pointer("output_buffers");

  /** The whole structure. */
  static final Struct STRUCT = LAYOUT.build();

  /** {@code input_stream_buffer.data} and {@code output_stream_buffer.data}. */
  static final Field DATA = STREAM.pointer("data");

  /** How much there is, or was made. */
  static final Field SIZE = STREAM.u32("size");

  /** How much was read. */
  static final Field CONSUMED = STREAM.u32("consumed");

  /** {@code struct input_stream_buffer}. */
  static final Struct BUFFER = STREAM.build();

  private ProcessingModule() {}
}
