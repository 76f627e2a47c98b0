package io.ringfence.binding.isolation;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.isolation.HeapName;
import io.ringfence.firmware.isolation.IsolationFirmware;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model's constants, read as a configuration of the firmware.
 *
 * @param kernelClients the exposed ones first
 * @param threads those of the LL domain first
 * @param careless whether kernel clients may free to a heap that the block is not from
 */
record IsolationModel(
    Design design,
    Set<HeapName> built,
    List<String> exposed,
    List<String> kernelClients,
    List<String> threads,
    List<String> modules,
    boolean careless) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Built",
          "KernelClients",
          "Exposed",
          "UserThreads",
          "Modules",
          "Careless");

  /** The thread that is not in the LL domain. */
  static final String OUTSIDER = "dp";

  private static final Map<String, HeapName> OPTIONAL =
      Map.of("virtual", HeapName.VIRTUAL, "shared", HeapName.SHARED, "l3", HeapName.L3);

  static IsolationModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("HeapIsolation", values);
    List<String> built = constants.names("Built");
    if (!OPTIONAL.keySet().containsAll(built)) {
      throw constants.wrong("Built", "a subset of " + new TreeSet<>(OPTIONAL.keySet()));
    }
    List<String> exposed = constants.names("Exposed");
    List<String> kernelClients = new ArrayList<>(constants.names("KernelClients"));
    if (!kernelClients.containsAll(exposed)) {
      throw constants.wrong("Exposed", "a subset of KernelClients");
    }
    kernelClients.removeAll(exposed);
    kernelClients.addAll(0, exposed);
    List<String> modules = constants.names("Modules");
    if (modules.size() > 1) {
      throw constants.wrong("Modules", "a set of at most one module");
    }
    List<String> threads = new ArrayList<>(constants.names("UserThreads"));
    if (threads.remove(OUTSIDER)) {
      threads.add(OUTSIDER);
    }
    return new IsolationModel(
        Designs.read(constants, switches),
        built.stream().map(OPTIONAL::get).collect(Collectors.toUnmodifiableSet()),
        exposed,
        List.copyOf(kernelClients),
        List.copyOf(threads),
        modules,
        constants.bool("Careless"));
  }

  /** All that call: kernel clients, threads, the module. The index is the firmware's number. */
  List<String> callers() {
    List<String> all = new ArrayList<>(clients());
    all.addAll(modules);
    return all;
  }

  /** All that hold pointers. */
  List<String> clients() {
    List<String> all = new ArrayList<>(kernelClients);
    all.addAll(threads);
    return all;
  }

  /** The firmware's number of a thread. */
  int thread(int index) {
    return kernelClients.size() + index;
  }

  IsolationFirmware firmware() {
    return new IsolationFirmware(
        design,
        built,
        kernelClients.size(),
        exposed.size(),
        threads.size(),
        threads.contains(OUTSIDER) ? 1 : 0);
  }
}
