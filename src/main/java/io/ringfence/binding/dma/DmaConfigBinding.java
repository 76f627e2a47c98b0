package io.ringfence.binding.dma;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.syscalls.dma.DmaBlock;
import io.ringfence.firmware.syscalls.dma.DmaConfig;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import io.ringfence.machine.Field;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration of a DMA channel, bound to {@code spec/DmaSyscalls.tla}. */
public final class DmaConfigBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = DmaConfigModel.CONSTANTS;

  private static final int MOST_BLOCKS = 0xffff;
  private static final List<String> BLOCKS = List.of("b1", "b2");

  private final DmaConfigFirmware firmware;
  private final DmaNames names;
  private final DmaConfigState state;

  private DmaConfigBinding(DmaConfigModel model, DmaConfigFirmware firmware) {
    super(firmware.ram());
    this.firmware = firmware;
    this.names = new DmaNames(firmware);
    this.state =
        new DmaConfigState(firmware, names, (model.wordSize() - 1) / DmaBlock.STRUCT.size());
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static DmaConfigBinding open(Map<String, Value> constants, Switches switches) {
    DmaConfigModel model = DmaConfigModel.read(constants, switches);
    return new DmaConfigBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return DmaConfigState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "ForgeCount" -> forgeConfig(DmaConfig.BLOCK_COUNT, given.number("n", 0, MOST_BLOCKS));
      case "ForgeHead" -> forgeConfig(DmaConfig.HEAD_BLOCK, names.pointer(given, "p"));
      case "ForgeDirection" ->
          forgeConfig(
              DmaConfig.ATTRIBUTES, DmaConfig.withDirection(0, names.direction(given, "d")));
      case "ForgeNext" -> forgeBlock(given, DmaBlock.NEXT_BLOCK, names.pointer(given, "p"));
      case "ForgeSource" -> forgeBlock(given, DmaBlock.SOURCE_ADDRESS, names.memory(given, "a"));
      case "ForgeDest" -> forgeBlock(given, DmaBlock.DEST_ADDRESS, names.memory(given, "a"));
      case "ForgeSize" -> forgeBlock(given, DmaBlock.BLOCK_SIZE, DmaNames.bytes(given, "n"));
      case "ForgeScatter" -> forgeBlock(given, DmaBlock.MODES, DmaBlock.DEST_SCATTER_EN);
      case "Call" -> {
        int dma = names.device(given, "d");
        int config = names.config(given, "config");
        yield () -> Outcome.of(firmware.call(dma, config));
      }
      case "Alloc" -> () -> Outcome.of(firmware.alloc());
      case "AllocFails" -> () -> Outcome.of(firmware.allocFails());
      case "CopyBlock" -> () -> Outcome.of(firmware.copyBlock());
      case "CheckBlock" -> () -> Outcome.of(firmware.checkBlock());
      case "LinkBlock" -> () -> Outcome.of(firmware.linkBlock());
      case "DriverConfig" -> () -> Outcome.of(firmware.driverConfig());
      case "Return" -> () -> Outcome.of(firmware.finish());
      default ->
          throw new BindingException(
              "DmaSyscalls has no action '" + action + "'; it has Call, its steps, and Forge...");
    };
  }

  private Operation forgeConfig(Field field, int value) {
    return () -> Outcome.of(firmware.forge(field, firmware.userConfig(), value));
  }

  private Operation forgeBlock(NamedValues given, Field field, int value) {
    int block = firmware.userBlock(given.index("b", BLOCKS));
    return () -> Outcome.of(firmware.forge(field, block, value));
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return firmware.lastError();
  }

  @Override
  public MemoryPicture picture() {
    return DmaConfigPicture.draw(firmware, names);
  }

  @Override
  public ThreadPicture threads() {
    return DmaConfigThreadPicture.draw(firmware);
  }
}
