package io.ringfence.firmware.edf;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The {@code get_deadline} callback of a task: a constant, or some time from now, as the client
 * said last. Touches nothing that others can change, and so runs as part of its caller's step.
 */
final class DeadlineCallback extends Routine {
  private enum At {
    WHOLE
  }

  /** The name of the function. */
  static final String NAME = "client_get_deadline";

  private static final Struct.Builder WORDS = Struct.define("client_deadline");
  private static final Field TICKS = WORDS.u64("ticks");
  private static final Field FROM_NOW = WORDS.u32("from_now");

  /** What the client said. */
  static final Struct STRUCT = WORDS.build();

  private final EdfPlatform platform;
  private final int words;

  DeadlineCallback(EdfPlatform platform, int words) {
    super(Frame.define(NAME).build(), At.values());
    this.platform = platform;
    this.words = words;
  }

  void set(long ticks, boolean fromNow) {
    Ticks.store(platform.cpu(), TICKS.in(words), ticks);
    platform.cpu().store(FROM_NOW, words, fromNow ? 1 : 0);
  }

  long deadline() {
    long ticks = Ticks.load(platform.cpu(), TICKS.in(words));
    return platform.cpu().load(FROM_NOW, words) == 0 ? ticks : platform.timeouts().now() + ticks;
  }

  @Override
  protected void step(Frame frame) {
    throw new IllegalStateException("its caller runs it");
  }
}
