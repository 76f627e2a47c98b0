package io.ringfence.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Callbacks of a test, in C: what each does in its first run, in its second one, and so on. */
final class Callbacks {
  private final Map<String, List<List<String>>> runs = new LinkedHashMap<>();
  private List<String> current = new ArrayList<>();

  /** A callback begins to run. */
  void begin(String name) {
    current = new ArrayList<>();
    runs.computeIfAbsent(name, key -> new ArrayList<>()).add(current);
  }

  /** Adds statements to the run that began last. */
  void add(List<String> code) {
    current.addAll(code);
  }

  /** What begins a step in a callback. */
  static List<String> step(int number, String comment, String label) {
    return List.of("/* " + number + " " + comment + " */", "ringfence_at(\"" + label + "\");");
  }

  /**
   * The function of a callback.
   *
   * @param type of what it returns
   * @param rest what it does when the trace is over, or ends within the callback
   */
  List<String> function(String type, String name, List<String> rest) {
    List<String> lines = new ArrayList<>();
    lines.add("ZTEST_BMEM static volatile int " + counter(name) + ";");
    lines.add("static __unused " + type + " " + name + "(void *data)");
    lines.add("{");
    lines.add("\tint run = " + counter(name) + "++;");
    lines.add("");
    lines.add("\tARG_UNUSED(data);");
    if (runs.containsKey(name)) {
      each(runs.get(name)).forEach(code -> lines.add("\t" + code));
    } else {
      lines.add("\tARG_UNUSED(run);");
    }
    rest.forEach(code -> lines.add("\t" + code));
    lines.add("}");
    lines.add("");
    return lines;
  }

  /** The variable that counts the runs of a callback. */
  private static String counter(String name) {
    return "runs_of_" + name;
  }

  /** That a callback has not run once more than in the trace, as a condition of C. */
  String hasNotRunAgain(String name) {
    return counter(name) + " <= " + runs.getOrDefault(name, List.of()).size();
  }

  private static List<String> each(List<List<String>> runs) {
    List<String> lines = new ArrayList<>();
    lines.add("switch (run) {");
    int number = 0;
    for (List<String> run : runs) {
      lines.add("case " + number++ + ":");
      run.forEach(code -> lines.add("\t" + code));
      if (run.isEmpty() || !run.get(run.size() - 1).startsWith("return")) {
        lines.add("\tbreak;");
      }
    }
    lines.add("default:");
    lines.add("\tbreak;");
    lines.add("}");
    return lines;
  }
}
