package io.ringfence.binding.mdom;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.mdom.DpTasks;
import io.ringfence.firmware.mdom.MdomMachine;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The memory domains of modules, bound to {@code spec/ModuleDomains.tla}. */
public final class MdomBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Modules", "PageTables");

  private static final List<String> VARIABLES =
      List.of("pool", "mdom", "thread", "holds", "result");

  private static final int MOST_MODULES = 6;

  private final List<String> modules;
  private final DpTasks tasks;
  private final MdomMachine machine;
  private final MdomRegions regions;

  private MdomBinding(List<String> modules, DpTasks tasks) {
    super(tasks.machine().ram());
    this.modules = modules;
    this.tasks = tasks;
    this.machine = tasks.machine();
    this.regions = new MdomRegions(machine, modules);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static MdomBinding open(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("ModuleDomains", values);
    List<String> modules = constants.names("Modules");
    if (modules.isEmpty() || modules.size() > MOST_MODULES) {
      throw constants.wrong("Modules", "a set of 1 to " + MOST_MODULES + " names");
    }
    int pageTables = constants.number("PageTables", 1, MOST_MODULES);
    return new MdomBinding(
        modules, new DpTasks(Designs.read(constants, switches), modules.size(), pageTables));
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "TakeDomain" -> operation(given, tasks::takeDomain);
      case "AddPartitions" -> operation(given, tasks::addPartitions);
      case "AddThread" -> operation(given, tasks::addThread);
      case "StartThread" -> operation(given, tasks::startThread);
      case "Touch" -> {
        int address = region(given, arguments.get("r"));
        yield operation(given, module -> tasks.touch(module, address));
      }
      case "GetCopy" -> operation(given, tasks::getCopy);
      case "AbortThread" -> operation(given, tasks::abortThread);
      case "FreeDomain" -> operation(given, tasks::freeDomain);
      default ->
          throw new BindingException("ModuleDomains has no action '" + action + "' to perform");
    };
  }

  private Operation operation(NamedValues given, IntPredicate step) {
    int module = given.index("m", modules);
    return () -> Outcome.of(step.test(module));
  }

  private int region(NamedValues given, @Nullable Value region) {
    Integer address = region instanceof SeqValue ? regions.addresses().get(region) : null;
    if (address == null) {
      throw given.wrong("r", "one of " + regions.addresses().keySet());
    }
    return address;
  }

  @Override
  public Value[] state() {
    List<Integer> structures = machine.structures();
    return new Value[] {
      SeqValue.of(structures.stream().map(this::structure).toList()),
      each(module -> IntValue.of(structures.indexOf(machine.mdom(module)) + 1)),
      each(module -> text(machine.life(module))),
      each(module -> BoolValue.of(machine.holdsCopy(module))),
      result()
    };
  }

  private Value structure(int structure) {
    List<Value> members = new ArrayList<>();
    machine.members(structure).forEach(module -> members.add(StringValue.of(modules.get(module))));
    return Values.record(
        Map.of(
            "taken",
            BoolValue.of(machine.isTaken(structure)),
            "tables",
            BoolValue.of(KMemDomain.hasTables(machine.ram(), structure)),
            "parts",
            SetValue.of(List.copyOf(regions.in(machine, structure))),
            "members",
            SetValue.of(members)));
  }

  private Value each(IntFunction<Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int module = 0; module < modules.size(); module++) {
      values.put(modules.get(module), value.apply(module));
    }
    return Values.record(values);
  }

  private Value result() {
    boolean none = machine.outcome() == MdomMachine.Outcome.NONE;
    return Values.record(
        Map.of(
            "by",
            StringValue.of(none ? "-" : modules.get(machine.caller())),
            "what",
            none ? StringValue.of("-") : text(machine.outcome()),
            "on",
            regions.at(machine.touched())));
  }

  static StringValue text(Enum<?> constant) {
    return StringValue.of(constant.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String lastFault() {
    return tasks.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return MdomPicture.draw(machine, regions, modules);
  }

  @Override
  public ThreadPicture threads() {
    return MdomThreadPicture.draw(tasks, modules);
  }
}
