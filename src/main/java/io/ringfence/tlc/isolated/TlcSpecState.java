package io.ringfence.tlc.isolated;

import io.ringfence.tlc.eval.SpecState;
import io.ringfence.trace.Value;
import org.jspecify.annotations.Nullable;
import tlc2.tool.TLCState;

/** A state of TLC, with its fingerprint and values once they have been asked for. */
final class TlcSpecState implements SpecState {
  final TLCState state;
  private long fingerprint;
  private boolean fingerprinted;
  Value @Nullable [] values;

  TlcSpecState(TLCState state) {
    this.state = state;
  }

  long fingerprint() {
    if (!fingerprinted) {
      fingerprint = state.fingerPrint();
      fingerprinted = true;
    }
    return fingerprint;
  }
}
