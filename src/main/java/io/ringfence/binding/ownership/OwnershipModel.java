package io.ringfence.binding.ownership;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.boot.FirmwareConfig;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
    Reader reader = new Reader(constants);
    List<String> cores = new ArrayList<>(reader.names("Cores"));
    String primary = reader.name("PrimaryCore");
    cores.remove(primary);
    cores.add(0, primary);
    String variant = switches.variant() == null ? reader.name("Variant") : switches.variant();
    List<String> fixes = new ArrayList<>(reader.names("Fixes"));
    fixes.addAll(switches.fixes());
    List<String> defects = new ArrayList<>(reader.names("Defects"));
    defects.addAll(switches.defects());
    defects.removeAll(switches.without());
    return new OwnershipModel(
        variant(variant),
        switchesOf(fixes, Fix::of, Fix.class, Arrays.stream(Fix.values()).map(Fix::id).toList()),
        switchesOf(
            defects,
            Defect::of,
            Defect.class,
            Arrays.stream(Defect.values()).map(Defect::id).toList()),
        reader.bool("Asserts"),
        List.copyOf(cores),
        reader.name("BeyondCore"),
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

  private static Variant variant(String name) {
    return Arrays.stream(Variant.values())
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BindingException(
                    "no variant '" + name + "'; there are " + List.of(Variant.values())));
  }

  private static <E extends Enum<E>> Set<E> switchesOf(
      List<String> ids, Function<String, Optional<E>> find, Class<E> kind, List<String> known) {
    Set<E> found = EnumSet.noneOf(kind);
    for (String id : ids) {
      found.add(
          find.apply(id)
              .orElseThrow(
                  () ->
                      new BindingException(
                          "no "
                              + kind.getSimpleName().toLowerCase(java.util.Locale.ROOT)
                              + " '"
                              + id
                              + "'; there are "
                              + known)));
    }
    return found;
  }

  private static List<FirmwareConfig.ThreadConfig> threads(Reader reader, List<String> cores) {
    List<FirmwareConfig.ThreadConfig> threads = new ArrayList<>();
    for (String name : reader.names("KernelThreads")) {
      threads.add(
          new FirmwareConfig.ThreadConfig(
              name, false, cores.indexOf(reader.entry("CoreOf", name))));
    }
    for (String name : reader.names("UserThreads")) {
      threads.add(
          new FirmwareConfig.ThreadConfig(name, true, cores.indexOf(reader.entry("CoreOf", name))));
    }
    return threads;
  }

  private static List<FirmwareConfig.TaskConfig> tasks(Reader reader) {
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

  /** Reads constants of the kinds that this spec has. */
  private record Reader(Map<String, Value> constants) {
    private Value value(String constant) {
      Value value = constants.get(constant);
      if (value == null) {
        throw new BindingException(
            "the constant " + constant + " is missing; SchedulerOwnership needs " + CONSTANTS);
      }
      return value;
    }

    String name(String constant) {
      return text(constant, value(constant));
    }

    boolean bool(String constant) {
      if (value(constant) instanceof BoolValue bool) {
        return bool.value();
      }
      throw wrong(constant, "TRUE or FALSE", value(constant));
    }

    List<String> names(String constant) {
      if (value(constant) instanceof SetValue set) {
        return set.elements().stream().map(element -> text(constant, element)).toList();
      }
      throw wrong(constant, "a set of strings", value(constant));
    }

    List<String> sequence(String constant) {
      return sequenceOf(constant, value(constant));
    }

    List<String> sequence(String constant, String key) {
      if (value(constant) instanceof RecordValue rec && rec.fields().containsKey(key)) {
        return sequenceOf(constant, rec.get(key));
      }
      throw wrong(constant, "a function with " + key + " in its domain", value(constant));
    }

    String entry(String constant, String key) {
      if (value(constant) instanceof RecordValue rec && rec.fields().containsKey(key)) {
        return text(constant, rec.get(key));
      }
      throw wrong(constant, "a function with " + key + " in its domain", value(constant));
    }

    private static List<String> sequenceOf(String constant, Value value) {
      if (value instanceof SeqValue sequence) {
        return sequence.elements().stream().map(element -> text(constant, element)).toList();
      }
      throw wrong(constant, "a sequence of strings", value);
    }

    private static String text(String constant, Value value) {
      if (value instanceof StringValue string) {
        return string.value();
      }
      throw wrong(constant, "a string", value);
    }

    private static BindingException wrong(String constant, String expected, Value actual) {
      return new BindingException(
          "the constant " + constant + " should be " + expected + " and is " + actual);
    }
  }
}
