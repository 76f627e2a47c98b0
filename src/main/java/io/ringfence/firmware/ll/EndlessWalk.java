package io.ringfence.firmware.ll;

import io.ringfence.firmware.kernel.EndlessLoop;

/** Walks along lists that may never come back to their head. */
final class EndlessWalk {
  private EndlessWalk() {}

  /** Stops the thread if a walk took more steps than there can be nodes. */
  static void check(boolean mayGoOn) {
    if (!mayGoOn) {
      throw new EndlessLoop("a list walk does not end");
    }
  }
}
