package io.ringfence.binding.trust;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.trust.Routine;
import io.ringfence.firmware.trust.TrustFirmware;
import io.ringfence.firmware.trust.TrustWord;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record TrustModel(Design design, Set<Routine> calls, List<TrustWord> words, int overwrites) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Calls", "Words", "Overwrites");

  private static final int MOST_OVERWRITES = 100;

  static TrustModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("KernelTrust", values);
    Set<Routine> calls = EnumSet.noneOf(Routine.class);
    constants.names("Calls").forEach(name -> calls.add(routine(constants, name)));
    return new TrustModel(
        Designs.read(constants, switches),
        calls,
        constants.names("Words").stream().map(name -> word(constants, name)).toList(),
        constants.number("Overwrites", 0, MOST_OVERWRITES));
  }

  private static Routine routine(NamedValues constants, String name) {
    return Arrays.stream(Routine.values())
        .filter(routine -> routine != Routine.NONE && routine.text().equals(name))
        .findFirst()
        .orElseThrow(() -> constants.wrong("Calls", "a set of routines"));
  }

  private static TrustWord word(NamedValues constants, String name) {
    return TrustWord.of(name).orElseThrow(() -> constants.wrong("Words", "a set of words"));
  }

  TrustFirmware firmware() {
    return new TrustFirmware(design, overwrites);
  }
}
