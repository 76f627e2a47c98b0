package io.ringfence.binding.module;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.modules.Forgery;
import io.ringfence.firmware.modules.ModuleCall;
import io.ringfence.firmware.modules.ModuleFirmware;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The firmware's memory calls of modules, bound to {@code spec/ModuleMemory.tla}. */
public final class ModuleBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = ModuleModel.CONSTANTS;

  private static final List<String> ALLOCATING =
      Arrays.stream(ModuleCall.values())
          .filter(ModuleCall::allocates)
          .map(ModuleCall::text)
          .toList();
  private static final List<String> FORGERIES =
      Arrays.stream(Forgery.values()).map(Forgery::text).toList();

  private final ModuleModel model;
  private final ModuleFirmware firmware;
  private final ModuleState state;

  private ModuleBinding(ModuleModel model, ModuleFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.state = new ModuleState(model, firmware);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static ModuleBinding open(Map<String, Value> constants, Switches switches) {
    ModuleModel model = ModuleModel.read(constants, switches);
    return new ModuleBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return ModuleState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "CallAlloc" -> {
        int thread = given.index("t", model.threads());
        ModuleCall call = ModuleCall.values()[given.index("call", ALLOCATING)];
        int slot = given.index("s", model.slots());
        int bytes = ModuleModel.bytes(ModuleModel.SIZES.get(given.index("n", ModuleModel.SIZES)));
        yield () -> Outcome.of(firmware.callAlloc(thread, call, slot, bytes));
      }
      case "CallBlobHandler" -> {
        int thread = given.index("t", model.threads());
        int slot = given.index("s", model.slots());
        yield () -> Outcome.of(firmware.callBlobHandler(thread, slot));
      }
      case "CallFastGet" -> {
        int thread = given.index("t", model.threads());
        int slot = given.index("s", model.slots());
        yield () -> Outcome.of(firmware.callSharedGet(thread, slot));
      }
      case "CallFree" -> {
        int thread = given.index("t", model.threads());
        int slot = given.index("s", model.slots());
        yield () -> Outcome.of(firmware.callFree(thread, slot));
      }
      case "Forge" -> {
        Forgery forgery = Forgery.values()[given.index("x", FORGERIES)];
        yield () -> Outcome.of(firmware.forge(forgery));
      }
      case "CallFreeAll" -> step(given, firmware::callFreeAll);
      case "Verify" -> step(given, firmware.steps()::verify);
      case "GetContainer" -> step(given, firmware.steps()::getContainer);
      case "Take" -> step(given, firmware.steps()::take);
      case "Record" -> step(given, firmware.steps()::record);
      case "Release" -> step(given, firmware.steps()::release);
      case "ReleaseAll" -> step(given, firmware.steps()::releaseAll);
      case "Reset" -> step(given, firmware.steps()::reset);
      default -> throw new BindingException("ModuleMemory has no action '" + action + "'");
    };
  }

  private Operation step(NamedValues given, IntPredicate step) {
    int thread = given.index("t", model.threads());
    return () -> Outcome.of(step.test(thread));
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return firmware.threads().lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return ModulePicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return ModuleThreadPicture.draw(model, firmware);
  }
}
