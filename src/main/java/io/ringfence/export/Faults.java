package io.ringfence.export;

import java.util.ArrayList;
import java.util.List;

/** Statements of C that may end their thread without ending the test. */
final class Faults {
  private static final String VALID = "ztest_set_fault_valid(true);";
  private static final String ENTER = "ringfence_enter(";
  private static final String LEAVE = "ringfence_leave();";

  private Faults() {}

  /** What a thread does by itself: any fault is its own. */
  static List<String> allowed(String... code) {
    List<String> lines = new ArrayList<>();
    lines.add(VALID);
    lines.addAll(List.of(code));
    return lines;
  }

  /** A system call: it may be refused by an oops, and any other fatal error is the kernel's. */
  static List<String> inSystemCall(String code) {
    return List.of(ENTER + "RINGFENCE_SYSTEM_CALL);", code, LEAVE);
  }

  /** What may run in user mode itself, where only a panic is surely the kernel's. */
  static List<String> inFunction(String code) {
    return List.of(ENTER + "RINGFENCE_FUNCTION);", code, LEAVE);
  }

  /** Whether code expects a thread to be ended. */
  static boolean isExpected(String code) {
    return code.contains("ztest_set_fault_valid(") || entersCall(code);
  }

  /** Whether code says when it is within a call. */
  static boolean entersCall(String code) {
    return code.contains(ENTER);
  }

  /** No call may have ended by a fatal error of the kernel. */
  static String check(String property) {
    return "ringfence_check_calls(\"" + property + "\");";
  }
}
