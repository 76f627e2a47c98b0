package io.ringfence.export;

import java.util.ArrayList;
import java.util.List;

/** Statements of C that may end their thread without ending the test. */
final class Faults {
  private static final String VALID = "ztest_set_fault_valid(true);";

  private Faults() {}

  static List<String> allowed(String... code) {
    List<String> lines = new ArrayList<>();
    lines.add(VALID);
    lines.addAll(List.of(code));
    return lines;
  }
}
