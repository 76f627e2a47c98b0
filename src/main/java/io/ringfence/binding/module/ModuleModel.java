package io.ringfence.binding.module;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.modules.ModuleFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record ModuleModel(
    Design design, String context, List<String> threads, List<String> slots, int maxForgeries) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Context", "Threads", "Slots", "MaxForgeries");

  /** The sizes in a spec, and how many bytes each is on the firmware. */
  static final List<String> SIZES = List.of("none", "block", "huge");

  private static final List<String> CONTEXTS = List.of("heap", "region", "both");
  private static final int BLOCK_BYTES = 64;
  private static final int HUGE_BYTES = 0x4000;
  private static final int MOST_FORGERIES = 9;
  private static final int HEAP_PAGES = 2;

  static ModuleModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("ModuleMemory", values);
    return new ModuleModel(
        Designs.read(constants, switches),
        CONTEXTS.get(constants.index("Context", CONTEXTS)),
        constants.names("Threads"),
        constants.names("Slots"),
        constants.number("MaxForgeries", 0, MOST_FORGERIES));
  }

  ModuleFirmware firmware() {
    return new ModuleFirmware(
        design,
        !context.equals("region"),
        !context.equals("heap"),
        HEAP_PAGES,
        threads.size(),
        slots.size(),
        maxForgeries);
  }

  /** How many bytes a size of the spec is. */
  static int bytes(String size) {
    return switch (size) {
      case "none" -> 0;
      case "block" -> BLOCK_BYTES;
      default -> HUGE_BYTES;
    };
  }

  /** The size of the spec that so many bytes are. */
  static String size(int bytes) {
    return bytes < 0 ? "-" : SIZES.get(bytes == 0 ? 0 : bytes == BLOCK_BYTES ? 1 : 2);
  }
}
