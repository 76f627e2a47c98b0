package io.ringfence.binding.cache;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.cached.BlockClients;
import io.ringfence.firmware.cached.BlockClients.Use;
import io.ringfence.firmware.cached.CachedBlocks;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record CachedBlocksModel(
    Design design,
    CachedBlocks.Source source,
    int heapEnd,
    List<String> cores,
    List<Integer> lines,
    List<String> names,
    BlockClients clients) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant", "Fixes", "Defects", "Heap", "HeapEnd", "Cores", "Lines", "Private", "Shared",
          "FreedBy", "FreedAs");

  /** The client that is the private data of a task. */
  private static final String PDATA = "pdata";

  private static final int LEAST_HEAP = 128;
  private static final int MOST_HEAP = 424;
  static final int MOST_LINES = 8;

  static CachedBlocksModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("CachedMemory", values);
    List<String> cores = constants.names("Cores");
    List<Integer> lines = constants.numbers("Lines", 0, MOST_LINES);
    List<String> names = new ArrayList<>(constants.names("Private"));
    List<Use> uses = new ArrayList<>();
    names.forEach(name -> uses.add(Use.PRIVATE));
    for (String name : constants.names("Shared")) {
      names.add(name);
      uses.add(name.equals(PDATA) ? Use.PDATA : Use.SHARED);
    }
    CachedBlocks.Source source =
        CachedBlocks.Source.values()[
            constants.index("Heap", List.of("system", "virtual", "region"))];
    List<String> freedAs = constants.names("FreedAs");
    return new CachedBlocksModel(
        Designs.read(constants, switches),
        source,
        constants.number("HeapEnd", LEAST_HEAP, MOST_HEAP),
        cores,
        lines,
        List.copyOf(names),
        new BlockClients(
            cores.size(),
            uses,
            new HashSet<>(lines),
            constants.index("FreedBy", List.of("owner", "any core")) == 1,
            freedAs.contains("own"),
            freedAs.contains("other")));
  }

  CachedBlocks firmware() {
    return new CachedBlocks(design, source, heapEnd, clients);
  }
}
