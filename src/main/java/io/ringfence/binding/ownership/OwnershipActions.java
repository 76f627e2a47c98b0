package io.ringfence.binding.ownership;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.boot.Performed;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.machine.Field;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which firmware operation each action of the spec stands for. The firmware to act on is asked for
 * when the operation is performed: it depends on the initial state of the trace.
 */
final class OwnershipActions {
  /** Steps that are nothing but the next step of a call in progress. */
  private static final List<Label> STEPS =
      List.of(
          Label.I2_VALIDATE_OPS,
          Label.I4_ZERO,
          Label.I4_FILL,
          Label.G2_ZERO_HEAD,
          Label.G2_INIT_HEAD,
          Label.G3_APPEND,
          Label.T2_PICK_LIST,
          Label.T3_CHECK_LIST,
          Label.T4_WALK,
          Label.T5_NOT_FOUND,
          Label.T6_STORE);

  private static final Map<String, Field> WORDS =
      Map.of(
          "next", ListItem.NEXT,
          "prev", ListItem.PREV,
          "type", ScheduleData.TYPE,
          "ops", ScheduleData.OPS);

  private final OwnershipModel model;
  private final Supplier<Firmware> firmware;
  private final Supplier<OwnershipNames> names;

  OwnershipActions(
      OwnershipModel model, Supplier<Firmware> firmware, Supplier<OwnershipNames> names) {
    this.model = model;
    this.firmware = firmware;
    this.names = names;
  }

  Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    for (Label step : STEPS) {
      if (step.text().equals(action)) {
        int thread = model.thread(given.text("th"));
        return on(target -> target.step(target.thread(thread), step));
      }
    }
    return switch (action) {
      case "PowerOff" -> core(given, Firmware::powerOff);
      case "CheckRestore" -> core(given, Firmware::checkRestore);
      case "BootDone" -> core(given, Firmware::bootDone);
      case "I1_ChooseHeap" -> schedulerInit(given);
      case "I3_AllocNode" -> allocate(given, Label.I3_ALLOC_NODE);
      case "G1_PickSlot" -> pickSlot(given);
      case "G2_AllocHead" -> allocate(given, Label.G2_ALLOC_HEAD);
      case "T1_CheckType" -> taskInit(given);
      case "Lookup" -> lookup(given);
      case "Operate" -> operate(given);
      case "AdversaryWriteSlot" -> writeSlot(given);
      case "AdversaryWrite" -> write(given);
      default ->
          throw new BindingException(
              "SchedulerOwnership has no action '"
                  + action
                  + "' that is bound to the firmware;"
                  + " is the trace one of another spec, or the binding out of date?");
    };
  }

  private Operation on(Function<Firmware, Performed> operation) {
    return () -> Outcome.of(operation.apply(firmware.get()) == Performed.DONE);
  }

  /** An operation on a core. */
  @FunctionalInterface
  private interface CoreOperation {
    Performed perform(Firmware firmware, int core);
  }

  private Operation core(NamedValues given, CoreOperation operation) {
    int core = model.core(given.text("c"));
    return on(target -> operation.perform(target, core));
  }

  private Operation schedulerInit(NamedValues given) {
    int thread = model.thread(given.text("th"));
    int type = type(given.text("type"));
    String ops = "ops_" + given.text("ops");
    return on(target -> target.schedulerInit(target.thread(thread), type, symbol(target, ops)));
  }

  private static int symbol(Firmware target, String name) {
    return target.layout().map().symbol(name).address();
  }

  private Operation allocate(NamedValues given, Label label) {
    int thread = model.thread(given.text("th"));
    boolean succeeds = given.bool("succeeds");
    return on(target -> target.allocate(target.thread(thread), label, succeeds));
  }

  private Operation pickSlot(NamedValues given) {
    int thread = model.thread(given.text("th"));
    int index = model.core(given.text("index"));
    return on(target -> target.pickSlot(target.thread(thread), index));
  }

  private Operation taskInit(NamedValues given) {
    int thread = model.thread(given.text("th"));
    String task = given.text("k");
    int type = type(given.text("type"));
    int core = model.core(given.text("core"));
    return on(
        target -> target.scheduleTaskInit(target.thread(thread), target.task(task), type, core));
  }

  private Operation lookup(NamedValues given) {
    int thread = model.thread(given.text("th"));
    int type = type(given.text("type"));
    return on(target -> target.getData(target.thread(thread), type));
  }

  private Operation operate(NamedValues given) {
    int thread = model.thread(given.text("th"));
    String task = given.text("k");
    String name = given.text("op").toUpperCase(Locale.ROOT);
    ScheduleOperation operation =
        Arrays.stream(ScheduleOperation.values())
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow(() -> given.wrong("op", "an operation of a task"));
    return on(target -> target.operate(target.thread(thread), operation, target.task(task)));
  }

  private Operation writeSlot(NamedValues given) {
    int core = model.core(given.text("c"));
    String value = given.text("v");
    return on(
        target ->
            target.adversaryStore(
                symbol(target, "_u_schedulers") + 4 * core, address(given, value)));
  }

  private Operation write(NamedValues given) {
    String block = given.text("a");
    String name = given.text("field");
    Field field = WORDS.get(name);
    if (field == null) {
      throw given.wrong("field", "one of " + WORDS.keySet());
    }
    String value = given.text("v");
    return on(
        target ->
            target.adversaryStore(
                address(given, block) + field.offset(),
                switch (name) {
                  case "type" -> type(value);
                  case "ops" -> symbol(target, "attacker_ops");
                  default -> address(given, value);
                }));
  }

  private int address(NamedValues given, String block) {
    if (block.equals(OwnershipNames.NULL)) {
      return 0;
    }
    Integer address = names.get().blocks().get(block);
    if (address == null) {
      throw given.wrong("v", "NULL or one of " + names.get().blocks().keySet());
    }
    return address;
  }

  private static int type(String name) {
    return name.equals("COUNT") ? SchedulerType.COUNT : OwnershipModel.type(name).ordinal();
  }
}
