package io.ringfence.binding.ll;

import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Routine;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The firmware's labels that are labels of the spec; all others are parts of a step. */
final class LlLabels {
  private static final Map<String, String> OF_SPEC =
      Stream.of(
              "L0_Take",
              "L1_Handler",
              "R1_Lock",
              "R2_Pick",
              "R2c_Unlock",
              "R2e_Lock",
              "R2f_Decide",
              "R3_MoveBack",
              "R4_Unlock",
              "S1_Lock",
              "S2_CheckPdata",
              "S3_Scan",
              "S4_Requeue",
              "S5_Insert",
              "S6_Count",
              "S7_Register",
              "C1_Lock",
              "C2_Cancel",
              "C3_Unlock",
              "F1_Lock",
              "F2_Decide",
              "F4_SetFreeing",
              "F5_Unlock",
              "F6_Wait",
              "F7_Lock",
              "F7_Check",
              "F7_Release",
              "F7_Unlock",
              "D1_Unlink",
              "D2_CheckCount",
              "D3_SetFree",
              "D4_Give",
              "D5_Unregister",
              "K_Unlock")
          .collect(Collectors.toUnmodifiableMap(LlLabels::inFirmware, label -> label));

  /** The label of the callback's frame. */
  static final String CALLBACK = "R2D_CALLBACK";

  /** Stands for a label that is no label of the spec. */
  static final int UNSEEN = 0;

  /** Stands for the label of the callback. */
  static final int IN_CALLBACK = -1;

  private static final List<String> NUMBERED = OF_SPEC.values().stream().sorted().toList();

  private final Kernel kernel;
  private final Int2ObjectOpenHashMap<int[]> numbers = new Int2ObjectOpenHashMap<>();

  LlLabels(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The number of a label of the spec, at least 1. */
  static int number(String label) {
    return NUMBERED.indexOf(label) + 1;
  }

  /** The label of a number; empty for none. */
  static String name(int number) {
    return number == IN_CALLBACK ? "R2d" : number == UNSEEN ? "" : NUMBERED.get(number - 1);
  }

  /** The number of the label that a frame is at. */
  int at(int frame) {
    int function = kernel.functionOf(frame);
    int[] known = numbers.get(function);
    if (known == null) {
      known = numbers(kernel.routineOf(frame));
      numbers.put(function, known);
    }
    return known[kernel.pcOf(frame)];
  }

  private static int[] numbers(Routine routine) {
    int[] numbers = new int[routine.labels()];
    for (int pc = 0; pc < numbers.length; pc++) {
      String label = routine.label(pc);
      String known = ofSpec(label);
      numbers[pc] = label.equals(CALLBACK) ? IN_CALLBACK : known == null ? UNSEEN : number(known);
    }
    return numbers;
  }

  /** The number of the innermost label of the spec that a thread is at; UNSEEN if there is none. */
  int ofThread(int thread) {
    for (int frame = kernel.frame(thread); frame != 0; frame = kernel.callerOf(frame)) {
      int label = at(frame);
      if (label != UNSEEN) {
        return label;
      }
    }
    return UNSEEN;
  }

  /** {@code S2_CheckPdata} is {@code S2_CHECK_PDATA} in the firmware. */
  private static String inFirmware(String label) {
    return label.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /**
   * What the spec shows of a frame at a label: a frame whose callee went wrong is still in the step
   * that made the call.
   */
  static @Nullable String shown(String label) {
    return switch (label) {
      case "D5_UNREGISTERED" -> "D5_Unregister";
      case "S7_REGISTERED" -> "S7_Register";
      default -> ofSpec(label);
    };
  }

  /** Whether an action of the spec is the step at a label. */
  static boolean isStep(String action) {
    return OF_SPEC.containsValue(action);
  }

  /** The spec's name of a label of the firmware; null for one that the spec does not have. */
  static @Nullable String ofSpec(String label) {
    return OF_SPEC.get(label);
  }
}
