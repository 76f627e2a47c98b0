package io.ringfence.firmware.chain;

import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Ram;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A trace buffer in RAM with the private data of tasks that are allocated; decides whether there is
 * memory for more.
 */
final class ChainTrace implements Tracing {
  /** How many can be allocated at a time. */
  static final int SLOTS = 8;

  private static final String PDATA = "pdata";
  private static final String SEMAPHORE = "sem";
  private static final int WORD = 4;

  private @Nullable Ram ram;
  private int buffer;
  private boolean failsPrivateData;
  private BooleanSupplier failsSemaphore = () -> false;

  void attach(Ram target, int address) {
    this.ram = target;
    this.buffer = address;
  }

  /** Whether there is no memory for private data. */
  void failPrivateData(boolean fail) {
    failsPrivateData = fail;
  }

  /** When there is no semaphore left. */
  void failSemaphore(BooleanSupplier when) {
    failsSemaphore = when;
  }

  @Override
  public boolean failsAllocation(String what, int subject) {
    return what.equals(PDATA) && failsPrivateData
        || what.equals(SEMAPHORE) && failsSemaphore.getAsBoolean();
  }

  @Override
  public void allocated(String what, int subject, int address, int heap, int flags) {
    if (what.equals(PDATA)) {
      replace(0, address);
    }
  }

  @Override
  public void released(int address) {
    replace(address, 0);
  }

  private void replace(int from, int to) {
    if (ram == null) {
      return;
    }
    for (int slot = buffer; slot < buffer + SLOTS * WORD; slot += WORD) {
      if (ram.load32(slot) == from) {
        ram.store32(slot, to);
        return;
      }
    }
  }

  /** How many private data are allocated. */
  int privateData() {
    int count = 0;
    for (int slot = buffer; ram != null && slot < buffer + SLOTS * WORD; slot += WORD) {
      count += ram.load32(slot) == 0 ? 0 : 1;
    }
    return count;
  }
}
