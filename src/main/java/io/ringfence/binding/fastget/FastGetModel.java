package io.ringfence.binding.fastget;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.fastget.FastGet;
import io.ringfence.firmware.fastget.FastGetFirmware;
import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A model's constants, read as a configuration of the firmware.
 *
 * @param modules the names of the modules
 * @param heaps the names of the heaps, the system heap first
 * @param heapOf the number of each module's heap
 * @param objects the constant data that the model has
 */
record FastGetModel(
    Design design,
    List<String> modules,
    List<String> userModules,
    List<String> heaps,
    List<Integer> heapOf,
    boolean knowsDomain,
    List<Constants> objects,
    int maxHeld) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Modules",
          "UserModules",
          "HeapOf",
          "KnowsDomain",
          "Objects",
          "MaxHeld");

  private static final String SYSTEM = "system";
  private static final int MOST_HELD = 8;

  static FastGetModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("FastGet", values);
    List<String> modules = constants.names("Modules");
    List<String> users = constants.names("UserModules");
    if (!modules.containsAll(users) || users.size() > FastGet.MAX_DOMAINS) {
      throw constants.wrong(
          "UserModules", "at most " + FastGet.MAX_DOMAINS + " modules of " + modules);
    }
    List<String> heaps = new ArrayList<>(List.of(SYSTEM));
    List<Integer> heapOf = new ArrayList<>();
    for (String module : modules) {
      String heap = constants.text("HeapOf", module);
      if (!heaps.contains(heap)) {
        heaps.add(heap);
      }
      heapOf.add(heaps.indexOf(heap));
    }
    return new FastGetModel(
        Designs.read(constants, switches),
        modules,
        users,
        heaps,
        heapOf,
        constants.bool("KnowsDomain"),
        constants.names("Objects").stream().map(FastGetModel::object).toList(),
        constants.number("MaxHeld", 1, MOST_HELD));
  }

  static String name(Constants constants) {
    return constants.name().toLowerCase(Locale.ROOT);
  }

  private static Constants object(String name) {
    return Arrays.stream(Constants.values())
        .filter(constants -> name(constants).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new BindingException("FastGet: no constant data '" + name + "' in the firmware"));
  }

  FastGetFirmware firmware() {
    List<FastGetFirmware.Module> list = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      list.add(new FastGetFirmware.Module(heapOf.get(i), userModules.contains(modules.get(i))));
    }
    return new FastGetFirmware(design, list, heaps.size() - 1, knowsDomain, maxHeld);
  }
}
