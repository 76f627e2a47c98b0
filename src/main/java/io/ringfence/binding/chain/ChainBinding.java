package io.ringfence.binding.chain;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.chain.ChainFirmware;
import io.ringfence.firmware.chain.ChainView;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's chain DMA, bound to {@code spec/ChainDma.tla}. */
public final class ChainBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = Set.of("Variant", "Fixes", "Defects", "Semaphores");

  private static final List<String> VARIABLES =
      List.of("chain", "pdata", "records", "dma", "power", "result");

  private static final int MOST_SEMAPHORES = 4;

  private final ChainFirmware firmware;
  private final ChainView view;

  private ChainBinding(ChainFirmware firmware) {
    super(firmware.ram());
    this.firmware = firmware;
    this.view = firmware.view();
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static ChainBinding open(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("ChainDma", values);
    return new ChainBinding(
        new ChainFirmware(
            Designs.read(constants, switches), constants.number("Semaphores", 1, MOST_SEMAPHORES)));
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Start" -> {
        boolean memory = given.bool("memory");
        yield () -> Outcome.of(firmware.start(memory));
      }
      case "Pause" -> () -> Outcome.of(firmware.pause());
      case "Delete" -> () -> Outcome.of(firmware.delete());
      case "Tick" -> {
        boolean error = given.bool("error");
        yield () -> Outcome.of(firmware.tick(error));
      }
      default -> throw new BindingException("ChainDma has no action '" + action + "'");
    };
  }

  @Override
  public Value[] state() {
    return new Value[] {
      Values.record(
          Map.of(
              "exists", BoolValue.of(view.chain() != 0),
              "state", StringValue.of(stateOfTask()),
              "priv", BoolValue.of(view.privateData() != 0),
              "bound", BoolValue.of(view.scheduler() != 0))),
      IntValue.of(view.privateDataCount()),
      SeqValue.of(
          view.records().stream()
              .map(found -> (Value) StringValue.of(found.own() ? "own" : "stale"))
              .toList()),
      BoolValue.of(view.isDmaRunning()),
      IntValue.of(view.powerLock()),
      StringValue.of(result())
    };
  }

  private String stateOfTask() {
    return switch (view.state()) {
      case Task.STATE_INIT -> "INIT";
      case Task.STATE_QUEUED -> "QUEUED";
      case Task.STATE_RUNNING -> "RUNNING";
      case Task.STATE_FREE -> "FREE";
      default -> "state " + view.state();
    };
  }

  private String result() {
    return switch (view.result()) {
      case 0 -> "ok";
      case ChainFirmware.NONE -> "-";
      case ChainFirmware.FAULT -> "fault";
      case -Errno.EINVAL -> "EINVAL";
      case -Errno.EEXIST -> "EEXIST";
      case -Errno.ENOMEM -> "ENOMEM";
      default -> "error " + view.result();
    };
  }

  @Override
  public String lastFault() {
    return firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return ChainPicture.draw(view, stateOfTask(), result());
  }

  @Override
  public ThreadPicture threads() {
    return ChainThreadPicture.draw(firmware);
  }
}
