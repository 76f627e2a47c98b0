package io.ringfence.firmware.chain;

import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct chain_dma_data}, as far as it is of interest here. */
final class ChainDmaData {
  private static final Struct.Builder LAYOUT = Struct.define("chain_dma_data");

  /** Whether data has come in since the chain was started. */
  static final Field FIRST_DATA_RECEIVED = LAYOUT.bool("first_data_received");

  /** The task. */
  static final Field CHAIN_TASK = LAYOUT.struct("chain_task", Task.STRUCT);

  /** The whole structure. */
  static final Struct STRUCT = LAYOUT.build();

  private ChainDmaData() {}
}
