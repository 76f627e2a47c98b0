package io.ringfence.binding.l3;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.l3.L3Firmware;
import io.ringfence.firmware.l3.L3Firmware.Client;
import io.ringfence.firmware.l3.L3View;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The firmware's L3 heap, bound to {@code spec/L3Heap.tla}. */
public final class L3Binding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = Designs.CONSTANTS;

  private static final List<String> VARIABLES =
      List.of(
          "imr",
          "phase",
          "mapped",
          "heap",
          "copy",
          "live",
          "memory",
          "held",
          "saved",
          "pool",
          "savedPool",
          "result");

  private static final int IMR = 0;
  private static final List<String> CLIENTS = List.of("library", "module");

  private final L3Firmware firmware;
  private final L3View view;

  private L3Binding(L3Firmware firmware) {
    super(firmware.ram());
    this.firmware = firmware;
    this.view = firmware.view();
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static L3Binding open(Map<String, Value> constants, Switches switches) {
    return new L3Binding(
        new L3Firmware(Designs.read(new NamedValues("L3Heap", constants), switches)));
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public boolean start(Value[] values) {
    super.start(values);
    firmware.setImrUsed(values[IMR].equals(BoolValue.TRUE));
    return true;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "PowerOn" -> () -> Outcome.of(firmware.powerOn());
      case "PowerOff" -> () -> Outcome.of(firmware.powerOff());
      case "Notify" -> () -> Outcome.of(firmware.sendNotification());
      case "Restore" -> {
        boolean ok = given.bool("ok");
        yield () -> Outcome.of(firmware.restore(ok));
      }
      case "SetDx" -> {
        boolean ok = given.bool("ok");
        yield () -> Outcome.of(firmware.setDx(ok));
      }
      case "Alloc" -> {
        Client client = Client.values()[given.index("c", CLIENTS)];
        int core = given.number("core", 0, 1);
        yield () -> Outcome.of(firmware.alloc(client, core));
      }
      case "Free" -> {
        int core = given.number("core", 0, 1);
        yield () -> Outcome.of(firmware.free(core));
      }
      default -> throw new BindingException("L3Heap has no action '" + action + "'");
    };
  }

  @Override
  public Value[] state() {
    return new Value[] {
      BoolValue.of(firmware.isImrUsed()),
      text(firmware.phase()),
      BoolValue.of(view.isMapped()),
      BoolValue.of(view.isHeap()),
      BoolValue.of(view.isCopy()),
      blocks(view.live()),
      blocks(view.saved()),
      Values.record(
          Map.of(
              "library", IntValue.of(view.held(Client.LIBRARY)),
              "module", IntValue.of(view.held(Client.MODULE)))),
      IntValue.of(view.savedLibrary()),
      StringValue.of(view.pool() == 0 ? "NULL" : view.isPoolLive() ? "message" : "nothing"),
      BoolValue.of(view.savedPool() != 0),
      result()
    };
  }

  private static Value blocks(Set<Integer> blocks) {
    return SetValue.of(blocks.stream().map(block -> (Value) IntValue.of(block)).toList());
  }

  private Value result() {
    return switch (firmware.result()) {
      case NONE -> StringValue.of("-");
      case NULL -> StringValue.of("NULL");
      default -> text(firmware.result());
    };
  }

  private static Value text(Enum<?> constant) {
    return StringValue.of(constant.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String lastFault() {
    return firmware.lastError();
  }

  @Override
  public MemoryPicture picture() {
    return L3Picture.draw(firmware, view);
  }

  @Override
  public ThreadPicture threads() {
    return L3ThreadPicture.draw(firmware);
  }
}
