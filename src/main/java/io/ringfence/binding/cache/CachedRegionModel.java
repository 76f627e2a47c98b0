package io.ringfence.binding.cache;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.cached.CachedRegion;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware, and the spec's words for it. */
record CachedRegionModel(
    Design design, List<String> cores, int creator, List<String> blocks, int maxReferences) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Cores", "Creator", "Blocks", "MaxReferences");

  private static final int MOST_REFERENCES = 8;

  static CachedRegionModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("CachedRegion", values);
    List<String> cores = constants.names("Cores");
    return new CachedRegionModel(
        Designs.read(constants, switches),
        cores,
        constants.index("Creator", cores),
        constants.names("Blocks"),
        constants.number("MaxReferences", 1, MOST_REFERENCES));
  }

  CachedRegion firmware() {
    return new CachedRegion(design, cores.size(), creator, blocks.size(), maxReferences);
  }

  static String mode(int ordinal) {
    return ordinal < 0 ? "raw" : Vregion.Mode.values()[ordinal].name().toLowerCase(Locale.ROOT);
  }

  static String copyState(CachedRegion firmware, int core, CachedRegion.Part part) {
    if (!firmware.isCached(core, part)) {
      return "absent";
    }
    return firmware.isDirty(core, part) ? "dirty" : "clean";
  }
}
