package io.ringfence.binding.isolation;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.isolation.HeapArgument;
import io.ringfence.firmware.isolation.IsolationFirmware;
import io.ringfence.firmware.isolation.KernelClients.Api;
import io.ringfence.firmware.isolation.UserThreads.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The actions of {@code spec/HeapCalls.tla}, as calls of the firmware. */
final class IsolationActions {
  /** The flags by their names in the spec. */
  static final Map<String, Integer> FLAGS =
      Map.of(
          "COHERENT", MemFlags.COHERENT,
          "L3", MemFlags.L3,
          "SHARED", MemFlags.USER_SHARED_BUFFER,
          "LARGE", MemFlags.LARGE_BUFFER,
          "KERNEL", MemFlags.KERNEL,
          "USER", MemFlags.USER);

  private final IsolationModel model;
  private final IsolationFirmware firmware;

  IsolationActions(IsolationModel model, IsolationFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  Operation resolve(String action, NamedValues given) {
    return switch (action) {
      case "KernelAlloc" -> {
        int client = kernelClient(given);
        Api api = constant(Api.class, given, "api");
        int flags = flags(given);
        HeapArgument heap = constant(HeapArgument.class, given, "h");
        yield () -> Outcome.of(firmware.kernel().alloc(client, api, flags, heap));
      }
      case "KernelFree" -> {
        int client = kernelClient(given);
        HeapArgument heap = constant(HeapArgument.class, given, "h");
        boolean flip = given.bool("flip");
        yield () ->
            Outcome.of(
                (model.careless() || firmware.kernel().isCareful(client, heap))
                    && firmware.kernel().free(client, heap, flip));
      }
      case "ChainDmaFails" -> {
        int client = kernelClient(given);
        yield () -> Outcome.of(firmware.kernel().chainDmaFails(client));
      }
      case "FastGetFails" -> {
        int client = kernelClient(given);
        yield () -> Outcome.of(firmware.kernel().fastGetFails(client));
      }
      case "DriverInit" -> {
        int module = module(given);
        yield () -> Outcome.of(firmware.driverHeap().init(module));
      }
      case "DriverRemove" -> {
        int module = module(given);
        yield () -> Outcome.of(firmware.driverHeap().remove(module, model.clients().size()));
      }
      case "UserAlloc" -> {
        int thread = thread(given);
        HeapArgument heap = constant(HeapArgument.class, given, "h");
        int flags = flags(given);
        yield () -> Outcome.of(firmware.threads().alloc(thread, heap, flags));
      }
      case "UserFree" -> userFree(given);
      case "Touch" -> {
        int thread = thread(given);
        yield () -> Outcome.of(firmware.threads().touch(thread));
      }
      case "WriteHeld" -> {
        int thread = thread(given);
        int client = given.index("c", model.exposed());
        int other = given.index("d", model.clients());
        yield () -> Outcome.of(firmware.threads().writeHeld(thread, client, other));
      }
      case "WritePointer" -> {
        int thread = thread(given);
        HeapArgument value = constant(HeapArgument.class, given, "value");
        yield () -> Outcome.of(firmware.threads().writePointer(thread, value));
      }
      default ->
          throw new BindingException(
              "HeapIsolation has no action '"
                  + action
                  + "'; it has KernelAlloc, KernelFree, ChainDmaFails, FastGetFails, DriverInit,"
                  + " DriverRemove, UserAlloc, UserFree, Touch, WriteHeld and WritePointer");
    };
  }

  private Operation userFree(NamedValues given) {
    int thread = thread(given);
    HeapArgument heap = constant(HeapArgument.class, given, "h");
    int holder = model.clients().indexOf(given.text("target"));
    if (holder >= 0) {
      return () -> Outcome.of(firmware.threads().free(thread, heap, holder));
    }
    Target target = constant(Target.class, given, "target");
    return () -> Outcome.of(firmware.threads().free(thread, heap, target));
  }

  private int kernelClient(NamedValues given) {
    return given.index("c", model.kernelClients());
  }

  private int thread(NamedValues given) {
    return model.thread(given.index("t", model.threads()));
  }

  private int module(NamedValues given) {
    return model.callers().indexOf(model.modules().get(given.index("m", model.modules())));
  }

  private static int flags(NamedValues given) {
    int flags = 0;
    for (String name : given.names("flags")) {
      Integer flag = FLAGS.get(name);
      if (flag == null) {
        throw given.wrong("flags", "a set of flags among " + FLAGS.keySet());
      }
      flags |= flag;
    }
    return flags;
  }

  private static <E extends Enum<E>> E constant(Class<E> kind, NamedValues given, String name) {
    List<E> constants = List.of(kind.getEnumConstants());
    List<String> names =
        constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
    String text = given.text(name).toLowerCase(Locale.ROOT);
    int index = names.indexOf(text);
    if (index < 0) {
      throw given.wrong(name, "one of " + names);
    }
    return constants.get(index);
  }
}
