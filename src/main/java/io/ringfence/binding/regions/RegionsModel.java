package io.ringfence.binding.regions;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.regions.RegionFirmware;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record RegionsModel(Design design, int pages, List<String> moduleSlots, List<String> slots) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Lines", "ModuleSlots", "BufferSlots");

  private static final int LINES_OF_A_PAGE = 64;
  private static final int MOST_LINES = 8 * LINES_OF_A_PAGE;

  static RegionsModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("VirtualRegion", values);
    int lines = constants.number("Lines", LINES_OF_A_PAGE, MOST_LINES);
    if (lines % LINES_OF_A_PAGE != 0) {
      throw constants.wrong("Lines", "a multiple of " + LINES_OF_A_PAGE);
    }
    List<String> module = constants.names("ModuleSlots");
    List<String> all = new ArrayList<>(module);
    all.addAll(constants.names("BufferSlots"));
    return new RegionsModel(
        Designs.read(constants, switches), lines / LINES_OF_A_PAGE, module, List.copyOf(all));
  }

  RegionFirmware firmware() {
    return new RegionFirmware(design, pages, moduleSlots.size(), slots.size() - moduleSlots.size());
  }
}
