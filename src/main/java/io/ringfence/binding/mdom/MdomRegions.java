package io.ringfence.binding.mdom;

import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.mdom.MdomMachine;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory that domains map, by what the spec calls it. */
final class MdomRegions {
  private final Map<SeqValue, Integer> addresses = new LinkedHashMap<>();

  MdomRegions(MdomMachine machine, List<String> modules) {
    addresses.put(named("mailbox", "host"), machine.mailbox());
    for (int module = 0; module < modules.size(); module++) {
      addresses.put(named("heap", modules.get(module)), machine.heap(module));
      addresses.put(named("copy", modules.get(module)), machine.copy(module));
    }
  }

  private static SeqValue named(String kind, String of) {
    return SeqValue.of(List.of(StringValue.of(kind), StringValue.of(of)));
  }

  /** The regions of which a structure lists the partition. */
  List<SeqValue> in(MdomMachine machine, int structure) {
    List<SeqValue> regions = new ArrayList<>();
    addresses.forEach(
        (region, address) -> {
          if (KMemDomain.hasPartitionAt(machine.ram(), structure, address)) {
            regions.add(region);
          }
        });
    return regions;
  }

  /** The region at an address; a pair of dashes if there is none. */
  SeqValue at(int address) {
    return addresses.entrySet().stream()
        .filter(region -> region.getValue() == address)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> named("-", "-"));
  }

  /** The regions, in the order of their addresses. */
  Map<SeqValue, Integer> addresses() {
    return addresses;
  }

  /** What a region is called in a picture. */
  static String text(SeqValue region) {
    return ((StringValue) region.elements().get(0)).value()
        + " of "
        + ((StringValue) region.elements().get(1)).value();
  }
}
