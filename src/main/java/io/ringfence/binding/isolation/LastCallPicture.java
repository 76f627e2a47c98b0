package io.ringfence.binding.isolation;

import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.isolation.CallTrace;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.firmware.isolation.HeapArgument;
import io.ringfence.firmware.isolation.HeapMap;
import io.ringfence.firmware.isolation.HeapName;
import io.ringfence.firmware.isolation.IsolationFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws the trace of the last call, and judges by it which of the arguments led the call astray:
 * the address, the heap or the flags.
 */
final class LastCallPicture {
  private final IsolationModel model;
  private final IsolationFirmware firmware;
  private final CallTrace trace;
  private final HeapMap map;
  private final int address;
  private final HeapMap.@Nullable Spot spot;
  private final @Nullable HeapName reached;
  private final boolean isAddressHeld;

  /**
   * Looks at the last call.
   *
   * @param isAddressHeld whether a client still relies on the block at the address of the call
   */
  LastCallPicture(IsolationModel model, IsolationFirmware firmware, boolean isAddressHeld) {
    this.model = model;
    this.firmware = firmware;
    this.trace = firmware.trace();
    this.map = firmware.map();
    this.address = trace.get(CallTrace.ADDRESS);
    this.spot = map.spot(address);
    this.reached = map.locked(trace.get(CallTrace.LOCK));
    this.isAddressHeld = isAddressHeld;
  }

  /** The trace, as an object of its own. */
  MemoryObject draw() {
    List<Word> words = new ArrayList<>();
    if (trace.op() != Op.NONE) {
      add(words, "by", model.callers().get(trace.get(CallTrace.BY)), false);
      add(words, "call", lower(trace.op()), false);
      if (handle() != HeapArgument.NONE) {
        add(words, "heap", lower(handle()), isHandleAstray());
      }
      if (trace.op() == Op.ALLOC) {
        add(words, "flags", flags(), areFlagsAstray());
      }
      if (address != 0) {
        words.add(addressWord());
      }
      add(words, "reached", reached == null ? "no heap" : lower(reached) + " heap", false);
      add(words, "result", lower(trace.result()), isResultAstray());
    }
    return new MemoryObject("last call", "struct call_trace", 0, 0, Life.LIVE, false, words);
  }

  private static void add(List<Word> words, String field, String value, boolean isAstray) {
    Word word = new Word(field, value, null, false);
    words.add(isAstray ? word.astray() : word);
  }

  private HeapArgument handle() {
    return HeapArgument.values()[trace.get(CallTrace.HANDLE)];
  }

  /** The heap that kernel code passed is not the one it meant, or user space made it up. */
  private boolean isHandleAstray() {
    boolean isOther =
        trace.get(CallTrace.ARG) == HeapArgument.USER.ordinal() && handle() != HeapArgument.USER;
    return isOther || handle() == HeapArgument.FORGED && trace.result() != Result.OOPS;
  }

  private String flags() {
    int flags = trace.get(CallTrace.FLAGS);
    String names =
        IsolationActions.FLAGS.entrySet().stream()
            .filter(flag -> (flags & flag.getValue()) != 0)
            .map(Map.Entry::getKey)
            .sorted()
            .collect(Collectors.joining(" | "));
    return names.isEmpty() ? "none" : names;
  }

  /** The heap that was reached is not for such memory, or one that is there for it was not. */
  private boolean areFlagsAstray() {
    int flags = trace.get(CallTrace.FLAGS);
    boolean isShared = (flags & MemFlags.USER_SHARED_BUFFER) != 0;
    return (flags & MemFlags.KERNEL) != 0 && reached == HeapName.USER
        || isShared && reached == HeapName.SYSTEM && map.handle(HeapName.SHARED) != 0;
  }

  private Word addressWord() {
    boolean isAstray = trace.op() == Op.FREE ? isFreeAstray() : trace.result() == Result.FAULT;
    String target = IsolationPicture.target(spot);
    Word word = new Word("address", place(), target, false);
    return isAstray ? word.astray() : word;
  }

  private String place() {
    if (spot == null) {
      return String.format("0x%08x", address);
    }
    String alias = firmware.isCached(address) ? ", cached" : ", uncached";
    return switch (spot.part()) {
      case START -> IsolationPicture.blockName(spot) + alias;
      case INTERIOR -> "inside of " + IsolationPicture.blockName(spot) + alias;
      case HEADER -> "header of the " + lower(spot.heap()) + " heap" + alias;
    };
  }

  /**
   * A free goes astray that reaches another heap than the block's, that is carried out though no
   * block starts there or somebody relies on the block, or that breaks a heap or stops the kernel.
   */
  private boolean isFreeAstray() {
    boolean isCarriedOut = trace.result() == Result.FREED;
    boolean isStopped = trace.isHalted() || trace.result() == Result.FAULT;
    if (spot == null || reached == null) {
      return isStopped;
    }
    boolean isStart = spot.part() == HeapMap.Part.START;
    return isStopped
        || reached != spot.heap()
        || !map.isInOrder(reached)
        || isCarriedOut && (!isStart || isAddressHeld);
  }

  /** An allocation that stops the kernel has no address to blame. */
  private boolean isResultAstray() {
    return trace.op() == Op.ALLOC && trace.isHalted();
  }

  private static String lower(Enum<?> constant) {
    return IsolationPicture.lower(constant);
  }
}
