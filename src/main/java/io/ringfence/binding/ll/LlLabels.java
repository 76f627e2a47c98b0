package io.ringfence.binding.ll;

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

  private LlLabels() {}

  /** {@code S2_CheckPdata} is {@code S2_CHECK_PDATA} in the firmware. */
  private static String inFirmware(String label) {
    return label.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
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
