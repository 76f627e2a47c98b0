package io.ringfence.binding.chunks;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.chunks.ChunkFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record ChunksModel(
    Design design, int units, boolean debug, List<String> slots, boolean careless, int writes) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Units", "Debug", "Slots", "Careless", "Writes");

  private static final int LEAST_UNITS = 8;
  private static final int MOST_UNITS = 255;
  private static final int MOST_WRITES = 3;

  static ChunksModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("SysHeap", values);
    return new ChunksModel(
        Designs.read(constants, switches),
        constants.number("Units", LEAST_UNITS, MOST_UNITS),
        constants.bool("Debug"),
        constants.names("Slots"),
        constants.bool("Careless"),
        constants.number("Writes", 0, MOST_WRITES));
  }

  ChunkFirmware firmware() {
    return new ChunkFirmware(design, units, debug, careless, slots.size(), writes);
  }

  /** Whether nobody makes the allocator read what is in no header, so that it is left out. */
  boolean harmless() {
    return writes == 0 && !careless || beside() && design.has(Fix.CHECK_HEAP_ARGUMENTS);
  }

  /** Whether the headers are in a table apart from the blocks. */
  boolean beside() {
    return design.has(Fix.METADATA_OUTSIDE);
  }
}
