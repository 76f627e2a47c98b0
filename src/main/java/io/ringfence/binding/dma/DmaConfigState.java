package io.ringfence.binding.dma;

import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.ConfigFrame;
import io.ringfence.firmware.syscalls.dma.DmaBlock;
import io.ringfence.firmware.syscalls.dma.DmaConfig;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import io.ringfence.firmware.syscalls.dma.DmaDriver;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The spec's variables, read from the RAM. */
final class DmaConfigState {
  static final List<String> VARIABLES =
      List.of(
          "cfg",
          "list",
          "left",
          "pc",
          "dma",
          "kern",
          "room",
          "array",
          "i",
          "userNext",
          "programmed",
          "stop");

  private final DmaConfigFirmware firmware;
  private final Ram ram;
  private final ConfigFrame frame;
  private final DmaNames names;
  private final int entries;

  /** Reads the state of firmware whose array has at most so many entries. */
  DmaConfigState(DmaConfigFirmware firmware, DmaNames names, int entries) {
    this.firmware = firmware;
    this.ram = firmware.ram();
    this.frame = firmware.frame();
    this.names = names;
    this.entries = entries;
  }

  Value[] read() {
    List<Integer> copies = names.copies();
    return new Value[] {
      Values.record(config(firmware.userConfig())),
      list(),
      IntValue.of(firmware.left()),
      StringValue.of(frame.step().name().toLowerCase(Locale.ROOT)),
      StringValue.of(names.device(frame.dma())),
      kern(),
      IntValue.of(copies.size()),
      array(copies),
      IntValue.of(frame.isCopying() ? frame.index() + 1 : 0),
      StringValue.of(names.pointer(frame.userNext())),
      programmed(),
      StringValue.of(stop(frame))
    };
  }

  static String stop(ConfigFrame frame) {
    Why why = frame.why();
    return switch (why) {
      case NOTHING ->
          frame.step() != ConfigFrame.Step.DONE ? "-" : frame.ret() == 0 ? "ok" : "error";
      case VERIFY -> "oops";
      case UNINITIALIZED -> "uninitialized";
      default -> "fault";
    };
  }

  private Map<String, Value> config(int config) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("count", IntValue.of(ram.load32(DmaConfig.BLOCK_COUNT.in(config))));
    fields.put("head", StringValue.of(names.pointer(ram.load32(DmaConfig.HEAD_BLOCK.in(config)))));
    fields.put(
        "dir",
        StringValue.of(
            names.direction(DmaConfig.direction(ram.load32(DmaConfig.ATTRIBUTES.in(config))))));
    return fields;
  }

  private Value kern() {
    Map<String, Value> fields = config(frame.kernCfg());
    fields.put(
        "rest", StringValue.of(frame.isInitialized(DmaConfig.DMA_CALLBACK) ? "zero" : "junk"));
    return Values.record(fields);
  }

  private Value list() {
    Map<String, Value> list = new LinkedHashMap<>();
    for (int i = 0; i < DmaConfigFirmware.BLOCKS; i++) {
      list.put("b" + (i + 1), block(firmware.userBlock(i)));
    }
    return Values.record(list);
  }

  private Value array(List<Integer> copies) {
    List<Value> array = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      array.add(i < copies.size() ? block(copies.get(i)) : raw());
    }
    return SeqValue.of(array);
  }

  private Value block(int block) {
    int next = DmaBlock.NEXT_BLOCK.in(block);
    if (ram.shadow().state(next) == ShadowState.UNINITIALIZED) {
      return raw();
    }
    boolean scatter = (ram.load16(DmaBlock.MODES.in(block)) & DmaBlock.DEST_SCATTER_EN) != 0;
    return Values.record(
        Map.of(
            "next", StringValue.of(names.pointer(ram.load32(next))),
            "src", memory(DmaBlock.SOURCE_ADDRESS.in(block)),
            "dst", memory(DmaBlock.DEST_ADDRESS.in(block)),
            "bytes", StringValue.of(DmaNames.bytes(ram.load32(DmaBlock.BLOCK_SIZE.in(block)))),
            "scatter", BoolValue.of(scatter),
            "rest", StringValue.of(isUnassigned(block) ? "junk" : "zero")));
  }

  /** Whether a word has no value that the copier does not assign. */
  private boolean isUnassigned(int block) {
    int word = DmaBlock.DEST_SCATTER_INTERVAL.in(block);
    return ram.shadow().state(word) == ShadowState.UNINITIALIZED;
  }

  private Value memory(int pointer) {
    return StringValue.of(names.memory(ram.load32(pointer)));
  }

  private static Value raw() {
    Value raw = StringValue.of("raw");
    return Values.record(
        Map.of(
            "next",
            raw,
            "src",
            raw,
            "dst",
            raw,
            "bytes",
            raw,
            "rest",
            raw,
            "scatter",
            BoolValue.of(false)));
  }

  private Value programmed() {
    List<Value> blocks = new ArrayList<>();
    for (int i = 0; i < firmware.programmed(); i++) {
      int descriptor = firmware.descriptor(i);
      boolean scatter = (ram.load32(DmaDriver.CTRL_LO.in(descriptor)) & DmaDriver.SCATTER) != 0;
      blocks.add(
          Values.record(
              Map.of(
                  "src", memory(DmaDriver.SAR.in(descriptor)),
                  "dst", memory(DmaDriver.DAR.in(descriptor)),
                  "scatter", BoolValue.of(scatter))));
    }
    return SeqValue.of(blocks);
  }
}
