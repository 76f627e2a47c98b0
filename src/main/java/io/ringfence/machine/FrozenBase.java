package io.ringfence.machine;

/**
 * The image that snapshots are relative to. Never written after construction; compared by identity.
 */
final class FrozenBase {
  private final byte[] data;
  private final byte[] shadow;

  FrozenBase(byte[] data, byte[] shadow) {
    this.data = data;
    this.shadow = shadow;
  }

  byte[] data() {
    return data;
  }

  byte[] shadow() {
    return shadow;
  }
}
