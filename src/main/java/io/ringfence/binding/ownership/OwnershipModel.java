package io.ringfence.binding.ownership;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.boot.FirmwareConfig;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model's constants, read as a configuration of the firmware.
 *
 * @param cores names of the cores; the index is the core's number
 * @param beyondCore name of the first number that is no core
 */
record OwnershipModel(
    Variant variant,
    Set<Fix> fixes,
    Set<Defect> defects,
    boolean asserts,
    List<String> cores,
    String beyondCore,
    List<FirmwareConfig.ThreadConfig> threads,
    List<FirmwareConfig.TaskConfig> tasks,
    List<List<SchedulerType>> bootOrder,
    List<String> kernelHeap,
    List<String> userHeap,
    List<String> registryHeap,
    boolean attacker) {

  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Asserts",
          "Cores",
          "PrimaryCore",
          "BeyondCore",
          "KernelThreads",
          "UserThreads",
          "CoreOf",
          "Tasks",
          "UserTasks",
          "BootOrder",
          "KHeap",
          "UHeap",
          "RHeap",
          "Attacker");

  static OwnershipModel read(Map<String, Value> constants, Switches switches) {
    NamedValues reader = new NamedValues("SchedulerOwnership", constants);
    List<String> cores = new ArrayList<>(reader.names("Cores"));
    String primary = reader.text("PrimaryCore");
    cores.remove(primary);
    cores.add(0, primary);
    Design design = Designs.read(reader, switches);
    return new OwnershipModel(
        design.variant(),
        design.fixes(),
        design.defects(),
        reader.bool("Asserts"),
        List.copyOf(cores),
        reader.text("BeyondCore"),
        threads(reader, cores),
        tasks(reader),
        cores.stream()
            .map(
                core ->
                    reader.sequence("BootOrder", core).stream().map(OwnershipModel::type).toList())
            .toList(),
        reader.sequence("KHeap"),
        reader.sequence("UHeap"),
        reader.sequence("RHeap"),
        !reader.names("Attacker").isEmpty());
  }

  private static List<FirmwareConfig.ThreadConfig> threads(NamedValues reader, List<String> cores) {
    List<FirmwareConfig.ThreadConfig> threads = new ArrayList<>();
    for (String name : reader.names("KernelThreads")) {
      threads.add(
          new FirmwareConfig.ThreadConfig(name, false, cores.indexOf(reader.text("CoreOf", name))));
    }
    for (String name : reader.names("UserThreads")) {
      threads.add(
          new FirmwareConfig.ThreadConfig(name, true, cores.indexOf(reader.text("CoreOf", name))));
    }
    return threads;
  }

  private static List<FirmwareConfig.TaskConfig> tasks(NamedValues reader) {
    List<String> userTasks = reader.names("UserTasks");
    return reader.names("Tasks").stream()
        .map(name -> new FirmwareConfig.TaskConfig(name, userTasks.contains(name)))
        .toList();
  }

  static SchedulerType type(String name) {
    return Arrays.stream(SchedulerType.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BindingException(
                    "no scheduler type '"
                        + name
                        + "'; there are "
                        + List.of(SchedulerType.values())));
  }

  /** The firmware for one choice of user types. */
  FirmwareConfig firmware(Set<SchedulerType> userTypes) {
    return new FirmwareConfig(
        new Design(variant, fixes, defects, asserts, userTypes),
        bootOrder,
        threads,
        tasks,
        kernelHeap.size(),
        userHeap.size(),
        registryHeap.size());
  }

  int core(String name) {
    int index = name.equals(beyondCore) ? cores.size() : cores.indexOf(name);
    if (index < 0) {
      throw new BindingException("no core '" + name + "'; there are " + cores);
    }
    return index;
  }

  int thread(String name) {
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new BindingException(
        "no thread '"
            + name
            + "'; there are "
            + threads.stream().map(FirmwareConfig.ThreadConfig::name).toList());
  }
}
