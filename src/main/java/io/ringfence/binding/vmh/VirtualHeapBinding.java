package io.ringfence.binding.vmh;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.virtualheap.VirtualHeapFirmware;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firmware's virtual heap, bound to {@code spec/VirtualHeap.tla}. */
public final class VirtualHeapBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = HeapModel.CONSTANTS;

  private static final int MOST_UNITS = 0xffff;

  private final HeapModel model;
  private final VirtualHeapFirmware firmware;
  private final HeapState state;

  private VirtualHeapBinding(HeapModel model, VirtualHeapFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
    this.state = new HeapState(model, firmware);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static VirtualHeapBinding open(Map<String, Value> constants, Switches switches) {
    HeapModel model = HeapModel.read(constants, switches);
    return new VirtualHeapBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return HeapState.VARIABLES;
  }

  @Override
  public boolean start(Value[] values) {
    super.start(values);
    firmware.setContiguous(
        values[HeapState.CONTIGUOUS] instanceof BoolValue contiguous && contiguous.value());
    return true;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Alloc" -> {
        int thread = thread(given);
        int slot = slot(given);
        int bytes = bytes(given, "n");
        int align = bytes(given, "align");
        yield () -> Outcome.of(firmware.alloc(thread, slot, bytes, align));
      }
      case "Map" -> {
        int thread = thread(given);
        yield () -> Outcome.of(firmware.map(thread));
      }
      case "Free" -> {
        int thread = thread(given);
        int slot = slot(given);
        yield () -> Outcome.of(firmware.free(thread, slot));
      }
      case "FreeInside" -> {
        int thread = thread(given);
        int slot = slot(given);
        int offset = bytes(given, "offset");
        yield () -> Outcome.of(firmware.freeInside(thread, slot, offset));
      }
      case "Unmap" -> {
        int thread = thread(given);
        yield () -> Outcome.of(firmware.unmap(thread));
      }
      default ->
          throw new BindingException(
              "VirtualHeap has no action '"
                  + action
                  + "'; it has Alloc, Map, Free, FreeInside and Unmap");
    };
  }

  private int thread(NamedValues given) {
    return given.index("t", model.threads());
  }

  private int slot(NamedValues given) {
    return given.index("s", model.slots());
  }

  private int bytes(NamedValues given, String name) {
    return given.number(name, 1, MOST_UNITS) * model.unitBytes();
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return firmware.lastStop();
  }

  @Override
  public MemoryPicture picture() {
    return new HeapPicture(model, firmware).draw();
  }

  @Override
  public ThreadPicture threads() {
    return HeapThreadPicture.draw(model, firmware);
  }
}
