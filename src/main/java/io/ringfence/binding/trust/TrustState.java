package io.ringfence.binding.trust;

import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.trust.KernelRun;
import io.ringfence.firmware.trust.Touch;
import io.ringfence.firmware.trust.TrustFirmware;
import io.ringfence.firmware.trust.TrustFirmware.Place;
import io.ringfence.firmware.trust.TrustWord;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the spec's variables from the RAM. */
final class TrustState {
  static final List<String> VARIABLES =
      List.of(
          "word", "count", "linked", "table", "pdata", "pc", "arg", "trace", "hit", "sent",
          "stopped", "exposed", "writes");

  /** Names of the places, in the order of their ordinals. */
  static final List<String> PLACES =
      List.of("own", "NULL", "kernel", "other", "freed", "forged", "unmapped");

  private static final String NONE = "-";

  private TrustState() {}

  static Value[] read(TrustModel model, TrustFirmware firmware) {
    KernelRun run = firmware.run();
    return new Value[] {
      words(model, firmware),
      IntValue.of(firmware.taskCount()),
      set(firmware.ll().isQueued(), "task", firmware.ipc().isRegistered(), "node"),
      place(firmware.recordedThread()),
      pdata(firmware, run),
      SeqValue.of(List.of(StringValue.of(run.routine().text()), StringValue.of(run.step().text()))),
      address(firmware, run.argument()),
      trace(firmware, run),
      SetValue.of(firmware.hit().stream().map(TrustState::place).toList()),
      firmware.sent().map(TrustState::place).orElse(StringValue.of(NONE)),
      StringValue.of(stopped(run.why())),
      set(firmware.isWorkQueueExposed(), "ipc_send_wq", false, ""),
      IntValue.of(firmware.writesLeft())
    };
  }

  private static Value words(TrustModel model, TrustFirmware firmware) {
    Map<String, Value> words = new LinkedHashMap<>();
    for (TrustWord word : model.words()) {
      words.put(word.text(), place(firmware.place(word)));
    }
    return Values.record(words);
  }

  private static Value pdata(TrustFirmware firmware, KernelRun run) {
    Map<String, Value> pdata = new LinkedHashMap<>();
    pdata.put("used", BoolValue.of(firmware.data().hasData()));
    pdata.put("run", BoolValue.of(firmware.data().hasRun()));
    pdata.put("local", address(firmware, run.pdata()));
    return Values.record(pdata);
  }

  private static Value trace(TrustFirmware firmware, KernelRun run) {
    Map<String, Value> trace = new LinkedHashMap<>();
    trace.put("by", StringValue.of(run.toucher().text()));
    trace.put("op", StringValue.of(run.touch().text()));
    trace.put(
        "on", run.touch() == Touch.NONE ? StringValue.of(NONE) : address(firmware, run.touched()));
    return Values.record(trace);
  }

  private static Value address(TrustFirmware firmware, int address) {
    return address == KernelRun.NONE ? StringValue.of(NONE) : place(firmware.placeOf(address));
  }

  private static Value place(Place place) {
    return StringValue.of(PLACES.get(place.ordinal()));
  }

  private static Value set(boolean first, String firstName, boolean second, String secondName) {
    List<Value> members = new ArrayList<>();
    if (first) {
      members.add(StringValue.of(firstName));
    }
    if (second) {
      members.add(StringValue.of(secondName));
    }
    return SetValue.of(members);
  }

  static String stopped(Why why) {
    return switch (why) {
      case NOTHING -> NONE;
      case HIJACK -> "hijack";
      case ASSERT -> "assert";
      case PANIC -> "panic";
      case HANG -> "hang";
      case NULL_DEREFERENCE,
          PROTECTION,
          UNMAPPED,
          USE_AFTER_FREE,
          OUT_OF_BOUNDS,
          INVALID_FREE,
          UNINITIALIZED,
          VERIFY,
          MISUSE ->
          "fault";
    };
  }
}
