package io.ringfence.binding.dma;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.syscalls.dma.DmaConfig;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record DmaConfigModel(
    Design design, int wordSize, DmaConfig.Direction honest, boolean zeroed, int attacks) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "WordSize", "Honest", "Prepared", "Attacks");

  private static final List<String> PREPARED = List.of("zeroed", "assigned");
  private static final int MOST = 1 << 16;

  static DmaConfigModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("DmaSyscalls", values);
    DmaConfig.Direction honest = DmaNames.DIRECTIONS.get(constants.text("Honest"));
    if (honest == null) {
      throw new BindingException(
          "DmaSyscalls: Honest should be one of " + DmaNames.DIRECTIONS.keySet());
    }
    return new DmaConfigModel(
        Designs.read(constants, switches),
        constants.number("WordSize", 1, MOST),
        honest,
        constants.index("Prepared", PREPARED) == 0,
        constants.number("Attacks", 0, MOST));
  }

  DmaConfigFirmware firmware() {
    return new DmaConfigFirmware(design, wordSize, honest, zeroed, attacks);
  }
}
