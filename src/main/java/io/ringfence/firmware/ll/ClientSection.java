package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * A client that keeps the LL scheduler locked while it makes calls, as IPC code does that edits the
 * graph: {@code user_ll_lock_sched(core)} ... {@code user_ll_unlock_sched(core)}. When it unlocks
 * is up to whoever drives the firmware.
 */
public final class ClientSection extends Routine {
  /** The steps. */
  public enum At {
    K_LOCK,
    K_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  public static final String NAME = "client_section";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field CORE = LAYOUT.u32("core");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;

  ClientSection(LlPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
  }

  @Override
  protected void step(Frame frame) {
    switch (At.values()[frame.pc()]) {
      case K_LOCK ->
          frame.call(
              platform.kernel().function("user_ll_lock_sched"), At.K_UNLOCK, frame.get(CORE));
      case K_UNLOCK ->
          frame.call(
              platform.kernel().function("user_ll_unlock_sched"), At.RETURN, frame.get(CORE));
      case RETURN -> frame.ret(0);
    }
  }
}
