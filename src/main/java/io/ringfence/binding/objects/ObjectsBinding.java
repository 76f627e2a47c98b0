package io.ringfence.binding.objects;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.objects.Handle;
import io.ringfence.firmware.objects.ObjectsFirmware;
import io.ringfence.firmware.objects.ObjectsMachine;
import io.ringfence.firmware.objects.UserThreads.Name;
import io.ringfence.trace.BoolValue;
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
import java.util.function.Function;

/** The kernel objects and who may use them, bound to {@code spec/KernelObjects.tla}. */
public final class ObjectsBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = Designs.CONSTANTS;

  private static final List<String> VARIABLES =
      List.of("object", "perm", "life", "members", "boot", "task", "given", "result");

  private static final StringValue NOTHING = StringValue.of("-");
  private static final List<Name> USERS = List.of(Name.IPC, Name.LL0, Name.LL1);

  private final ObjectsFirmware firmware;

  private ObjectsBinding(ObjectsFirmware firmware) {
    super(firmware.machine().ram());
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static ObjectsBinding open(Map<String, Value> constants, Switches switches) {
    return new ObjectsBinding(
        new ObjectsFirmware(Designs.read(new NamedValues("KernelObjects", constants), switches)));
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "InitDomain" -> () -> Outcome.of(firmware.boot().initDomain());
      case "InitScheduler" -> () -> Outcome.of(firmware.boot().initScheduler());
      case "InitIpc" -> () -> Outcome.of(firmware.boot().initIpc());
      case "EndBoot" -> () -> Outcome.of(firmware.boot().endBoot());
      case "CreateThread" -> {
        int core = given.number("c", 0, 1);
        yield () -> Outcome.of(firmware.boot().createThread(core));
      }
      case "JoinDomain" -> {
        int core = given.number("c", 0, 1);
        yield () -> Outcome.of(firmware.boot().joinDomain(core));
      }
      case "StartThread" -> {
        int core = given.number("c", 0, 1);
        yield () -> Outcome.of(firmware.boot().startThread(core));
      }
      case "InitTask" -> () -> Outcome.of(firmware.tasks().initTask());
      case "ScheduleTask" -> () -> Outcome.of(firmware.tasks().scheduleTask());
      case "ScheduleDp" -> () -> Outcome.of(firmware.tasks().scheduleDp());
      case "FreeTask" -> () -> Outcome.of(firmware.tasks().freeTask());
      case "EndFree" -> () -> Outcome.of(firmware.tasks().endFree());
      case "Run" -> () -> Outcome.of(firmware.tasks().tick());
      default ->
          throw new BindingException("KernelObjects has no action '" + action + "' to perform");
    };
  }

  @Override
  public Value[] state() {
    return new Value[] {
      each(Handle.values(), this::object),
      each(Handle.values(), this::permissions),
      each(Name.values(), name -> text(firmware.machine().threads().life(name))),
      SetValue.of(
          USERS.stream().filter(firmware.machine()::isMember).map(ObjectsBinding::text).toList()),
      text(firmware.machine().boot()),
      text(firmware.machine().taskState()),
      BoolValue.of(firmware.machine().isGiven()),
      result()
    };
  }

  /** What a handle leads to; what is neither an object nor user memory was one. */
  static String target(ObjectsMachine machine, Handle handle) {
    int object = machine.handle(handle);
    if (object == 0) {
      return "none";
    }
    if (machine.table().isObject(object)) {
      return "live";
    }
    return machine.isUserWritable(object) ? "user" : "gone";
  }

  private Value object(Handle handle) {
    return StringValue.of(target(firmware.machine(), handle));
  }

  private Value permissions(Handle handle) {
    int bits = firmware.machine().table().permissions(firmware.machine().handle(handle));
    List<Value> threads = new ArrayList<>();
    for (Name name : Name.values()) {
      if ((bits & 1 << name.ordinal()) != 0) {
        threads.add(text(name));
      }
    }
    return SetValue.of(threads);
  }

  private Value result() {
    boolean none = firmware.machine().outcome() == ObjectsMachine.Outcome.NONE;
    int refused = firmware.machine().refused();
    Map<String, Value> result = new LinkedHashMap<>();
    result.put("by", none ? NOTHING : text(firmware.machine().caller()));
    result.put("what", none ? NOTHING : text(firmware.machine().outcome()));
    result.put("on", refused < 0 ? NOTHING : text(Handle.values()[refused]));
    return Values.record(result);
  }

  private static <E extends Enum<E>> Value each(E[] keys, Function<E, Value> value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (E key : keys) {
      values.put(name(key), value.apply(key));
    }
    return Values.record(values);
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static StringValue text(Enum<?> constant) {
    return StringValue.of(name(constant));
  }

  @Override
  public String lastFault() {
    return firmware.machine().lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return ObjectsPicture.draw(firmware.machine());
  }

  @Override
  public ThreadPicture threads() {
    return ObjectsThreadPicture.draw(firmware.machine());
  }
}
