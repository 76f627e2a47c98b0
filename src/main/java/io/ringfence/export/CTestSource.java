package io.ringfence.export;

import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * A trace as a test in C against the real API, in the style of Zephyr's ztest: each thread's calls,
 * and the interleaving as a table of turns.
 */
public final class CTestSource {
  private static final SortedMap<String, BiFunction<Trace, Map<String, Value>, CFamily>> FAMILIES =
      new TreeMap<>(
          Map.ofEntries(
              entry("CachedMemory", CachedCalls::new),
              entry("CachedRegion", CachedRegionCalls::new),
              entry("ChainDma", ChainCalls::new),
              entry("DmaChannels", DmaChannelCalls::new),
              entry("DmaSyscalls", DmaConfigCalls::new),
              entry("EdfScheduler", EdfCalls::new),
              entry("FastGet", FastGetCalls::new),
              entry("HeapIsolation", IsolationCalls::new),
              entry("KernelObjects", ObjectCalls::new),
              entry("KernelTrust", TrustCalls::new),
              entry("L3Heap", L3Calls::new),
              entry("LlDomain", DomainCalls::new),
              entry("LlScheduler", LlCalls::new),
              entry("ModuleDomains", DpDomainCalls::new),
              entry("ModuleMemory", ModuleCalls::new),
              entry("SchedulerOwnership", RegistryCalls::new),
              entry("SharedComponent", SharedCalls::new),
              entry("SysHeap", UserHeapCalls::new),
              entry("TaskSyscalls", TaskCalls::new),
              entry("VirtualHeap", VirtualHeapCalls::new),
              entry("VirtualPages", PageCalls::new),
              entry("VirtualRegion", RegionCalls::new)));

  private static Map.Entry<String, BiFunction<Trace, Map<String, Value>, CFamily>> entry(
      String spec, BiFunction<Trace, Map<String, Value>, CFamily> family) {
    return Map.entry(spec, family);
  }

  /** How wide the words of the heading are. */
  private static final int WORDS = 88;

  private final String name;
  private final Trace trace;
  private final Map<String, Value> constants;
  private final CFamily family;
  private final List<Turn> turns;
  private final StringBuilder text = new StringBuilder();

  private CTestSource(String name, Trace trace, Map<String, Value> constants, CFamily family) {
    this.name = name;
    this.trace = trace;
    this.constants = constants;
    this.family = family;
    this.turns = family.turns();
  }

  /** The specs whose traces can become a test in C. */
  public static Set<String> specs() {
    return Collections.unmodifiableSet(FAMILIES.keySet());
  }

  /**
   * Writes a test.
   *
   * @param name of the test, any text
   * @param spec the spec of the trace
   * @param constants the model's constants
   * @throws ExportException if the spec, or a step of the trace, has no counterpart in C
   */
  public static String write(String name, String spec, Trace trace, Map<String, Value> constants) {
    BiFunction<Trace, Map<String, Value>, CFamily> family = FAMILIES.get(spec);
    if (family == null) {
      throw new ExportException(
          "a trace of "
              + spec
              + " cannot become a test in C; those of these specs can: "
              + String.join(", ", specs()));
    }
    return new CTestSource(name, trace, constants, family.apply(trace, constants)).write();
  }

  private String write() {
    heading();
    line("#include <zephyr/kernel.h>");
    line("#include <zephyr/ztest.h>");
    family.includes().forEach(header -> line("#include <" + header + ">"));
    line("");
    threads();
    turns();
    line("/* The name of a thread that the test did not create. */");
    line("static const char *ringfence_other(void)");
    line("{");
    line("\treturn " + family.otherThread() + ";");
    line("}");
    line("");
    if (family.runsOn()) {
      line("/* Calls in progress go on when the trace is over, so that what they do shows. */");
      line("#define RINGFENCE_RUNS_ON");
      line("");
    }
    text.append(turnstile());
    line("");
    family.declarations().forEach(this::line);
    family.threads().forEach(this::function);
    test();
    return text.toString();
  }

  private String meta(String key) {
    return Plain.comment(trace.meta().get(key).orElse("?"));
  }

  private void heading() {
    line("/*");
    line(" * " + meta(TraceMeta.PROPERTY) + " is violated: a counterexample of TLC, as a test.");
    line(" *");
    line(
        " * spec "
            + meta(TraceMeta.SPEC)
            + ", model "
            + meta(TraceMeta.MODEL)
            + ", claim "
            + meta(TraceMeta.CONFIG));
    line(" * written by: ./ringfence export --as c");
    line(" *");
    design();
    line(" *");
    line(" * The steps below are labels of the source. A hook in the source announces each:");
    line(
        " * ringfence_at(\"S1_Lock\") stands right before the step S1_Lock. Where a thread is about");
    line(" * to wait within a step, ringfence_waits() lets the next one go on. With those hooks,");
    line(
        " * build with -DRINGFENCE_HOOKS. Without them the test only keeps the order of the calls,");
    line(" * which may not be enough to go the way of the trace.");
    line(" */");
    line("");
  }

  /** Of which code the trace is: other code may have the defect that it shows, or not. */
  private void design() {
    String text =
        "The trace is of the design "
            + constant("Variant")
            + "; repairs: "
            + constant("Fixes")
            + "; defects put back: "
            + constant("Defects")
            + ". What the property and each step mean is said in spec/"
            + meta(TraceMeta.SPEC)
            + ".tla.";
    CLayout.words(text, WORDS).forEach(part -> line(" * " + part));
  }

  /** The strings of a constant of the model. */
  private String constant(String name) {
    Value value = constants.get(name);
    String text = value == null ? "" : Plain.comment(value.toString()).replaceAll("[{}\"]", "");
    return text.isEmpty() ? "none" : text;
  }

  private void threads() {
    line("#define THREADS " + family.threads().size());
    line("static const char *const thread_names[THREADS] = {");
    family.threads().forEach(thread -> line("\t\"" + thread.name() + "\","));
    line("};");
    line("");
  }

  private void turns() {
    line("struct step {");
    line("\tconst char *thread;\t/* NULL: not a thread's */");
    line("\tconst char *label;");
    line("\tbool in_test;\t\t/* announced by the test, not by a hook in the source */");
    line("};");
    line("");
    line("/* The interleaving. */");
    line("static const struct step steps[] = {");
    int number = 0;
    for (Turn turn : turns) {
      String row =
          "\t{ "
              + (turn.thread().isEmpty() ? "NULL" : "\"" + turn.thread() + "\"")
              + ", \""
              + Plain.name(turn.label())
              + "\", "
              + turn.inTest()
              + " },";
      if (!turn.isStep()) {
        raw(row);
        continue;
      }
      number++;
      String comment = number + " " + turn.comment();
      if (CLayout.width(row + "\t/* " + comment + " */") <= CLayout.COLUMNS) {
        raw(row + "\t/* " + comment + " */");
      } else {
        CLayout.comment("\t", comment).forEach(this::raw);
        raw(row);
      }
    }
    line("};");
    line("");
  }

  private void function(CFamily.CThread thread) {
    line("static void run_" + thread.name() + "(void *p1, void *p2, void *p3)");
    line("{");
    line("\tARG_UNUSED(p1);");
    line("\tARG_UNUSED(p2);");
    line("\tARG_UNUSED(p3);");
    int number = 0;
    for (Turn turn : turns) {
      number += turn.isStep() ? 1 : 0;
      if (turn.thread().equals(thread.name()) && !turn.code().isEmpty()) {
        line("");
        if (turn.isStep()) {
          line("\t/* " + number + " " + turn.comment() + " */");
        } else {
          line("\t/* the call that the next steps of this thread are in */");
        }
        line("\tringfence_at(\"" + turn.label() + "\");");
        indented(turn.code());
      }
    }
    line("\tringfence_end();");
    line("}");
    line("");
  }

  private void test() {
    String suite = "ringfence_" + identifier(name);
    line("static const struct ringfence_thread threads[THREADS] = {");
    for (CFamily.CThread thread : family.threads()) {
      line(
          String.format(
              Locale.ROOT,
              "\t{ run_%s, %d, %s },",
              thread.name(),
              thread.core(),
              thread.user() ? "K_USER | K_INHERIT_PERMS" : "0"));
    }
    line("};");
    line("");
    line("ZTEST_SUITE(" + suite + ", NULL, NULL, NULL, NULL, NULL);");
    line("");
    line("ZTEST(" + suite + ", test_counterexample)");
    line("{");
    line("\tbool followed;");
    line("");
    line("\tringfence_create(threads);");
    indented(family.preparation());
    line("\tfollowed = ringfence_run();");
    line("\tTC_PRINT(\"%s\\n\", followed ? \"went the way of the trace\" : \"left the trace\");");
    if (trace.loop().isPresent()) {
      line(
          "\t/* The trace breaks the property as it goes on without an end: "
              + trace.ending()
              + ". This test ends. What it finds is whether the code comes to where that begins;"
              + " whether the code then goes on in another way is for you to check. */");
    }
    indented(family.verdict(property()));
    line("}");
  }

  /** The operator, which becomes part of a format string. */
  private String property() {
    String property = meta(TraceMeta.PROPERTY);
    return property.matches("\\w+") ? property : "the property";
  }

  private void indented(List<String> code) {
    code.forEach(line -> line(line.isEmpty() ? "" : "\t" + line));
  }

  private void line(String text) {
    text.lines().flatMap(line -> CLayout.wrap(line).stream()).forEach(this::raw);
    if (text.isEmpty()) {
      raw("");
    }
  }

  private void raw(String line) {
    text.append(line).append('\n');
  }

  private static String identifier(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(Locale.ROOT);
  }

  private static String turnstile() {
    try (InputStream stream = CTestSource.class.getResourceAsStream("turnstile.c")) {
      if (stream == null) {
        throw new ExportException("turnstile.c is missing from the program; build it again");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of C. */
  static List<String> lines(String text) {
    return text.lines().toList();
  }
}
