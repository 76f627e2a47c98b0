package io.ringfence.export;

import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  private static final int NOTE_COLUMNS = CLayout.COLUMNS - " *     ".length();

  private static final Pattern ANNOUNCED = Pattern.compile("ringfence_at\\(\"(\\w+)\"\\)");

  private static Map.Entry<String, BiFunction<Trace, Map<String, Value>, CFamily>> entry(
      String spec, BiFunction<Trace, Map<String, Value>, CFamily> family) {
    return Map.entry(spec, family);
  }

  private final String name;
  private final Trace trace;
  private final Map<String, Value> constants;
  private final CFamily family;
  private final List<Turn> turns;
  private final Hooks hooks;

  /** The labels that hooks of this trace announce. */
  private final Set<String> labels = new LinkedHashSet<>();

  private final StringBuilder text = new StringBuilder();

  private CTestSource(
      String name, String spec, Trace trace, Map<String, Value> constants, CFamily family) {
    this.name = name;
    this.trace = trace;
    this.constants = constants;
    this.family = family;
    this.turns = family.turns();
    this.hooks = Hooks.of(spec);
    turns.stream().filter(Turn::isHook).map(Turn::label).forEach(labels::add);
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
   * @param property what is violated, in a sentence; empty if it is not known
   * @throws ExportException if the spec, or a step of the trace, has no counterpart in C
   */
  public static String write(
      String name, String spec, Trace trace, Map<String, Value> constants, String property) {
    BiFunction<Trace, Map<String, Value>, CFamily> family = FAMILIES.get(spec);
    if (family == null) {
      throw new ExportException(
          "a trace of "
              + spec
              + " cannot become a test in C; those of these specs can: "
              + String.join(", ", specs()));
    }
    return new CTestSource(name, spec, trace, constants, family.apply(trace, constants))
        .write(property);
  }

  private String write(String property) {
    heading(property);
    line("#include <zephyr/kernel.h>");
    line("#include <zephyr/ztest.h>");
    if (writes(Faults::isExpected)) {
      line("#include <zephyr/ztest_error_hook.h>");
    }
    family.includes().forEach(header -> line("#include <" + header + ">"));
    line("");
    threads();
    turns();
    labels();
    line("/* The name of a thread that the test did not create. */");
    line("static const char *ringfence_other(void)");
    line("{");
    line("\treturn " + family.otherThread() + ";");
    line("}");
    line("");
    if (goesOn()) {
      line("/* Calls in progress go on when the trace is over, so that what they do shows. */");
      line("#define RINGFENCE_RUNS_ON");
      line("");
    }
    text.append(TextResource.read("turnstile.c"));
    line("");
    if (writes(Faults::entersCall)) {
      text.append(TextResource.read("faults.c"));
      line("");
    }
    if (trace.loop().isPresent()) {
      text.append(TextResource.read("liveness.c"));
      line("");
    }
    family.declarations().forEach(this::line);
    family.threads().forEach(this::function);
    test();
    return text.toString();
  }

  private boolean goesOn() {
    return family.runsOn() || trace.loop().isPresent();
  }

  /** Whether any code of the test is such. */
  private boolean writes(Predicate<String> such) {
    return code().anyMatch(such);
  }

  private Stream<String> code() {
    return Stream.concat(
        family.declarations().stream(), turns.stream().flatMap(turn -> turn.code().stream()));
  }

  private String meta(String key) {
    return Plain.comment(trace.meta().get(key).orElse("?"));
  }

  private void heading(String property) {
    line("/*");
    line(" * " + meta(TraceMeta.PROPERTY) + " is violated: a counterexample of TLC, as a test.");
    line(" *");
    if (!property.isEmpty()) {
      note(Plain.comment(property));
      line(" *");
    }
    line(
        " * spec "
            + meta(TraceMeta.SPEC)
            + ", model "
            + meta(TraceMeta.MODEL)
            + ", claim "
            + meta(TraceMeta.CONFIG));
    line(" * written by: ./ringfence export --as c");
    line(" *");
    note(CHeading.design(meta(TraceMeta.SPEC), constants));
    line(" *");
    if (writes(Faults::isExpected)) {
      CHeading.withFaults().forEach(this::note);
      line(" *");
    }
    (labels.isEmpty() ? CHeading.withoutHooks() : CHeading.withHooks(hooks, labels))
        .forEach(this::note);
    line(" */");
    line("");
  }

  /** A line of the heading; what is long in a list goes on indented. */
  private void note(String text) {
    String rest = text.isEmpty() || Character.isLetter(text.charAt(0)) ? " * " : " *     ";
    String start = " * ";
    for (String part : CLayout.words(text, NOTE_COLUMNS)) {
      raw((start + part).stripTrailing());
      start = rest;
    }
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

  private void labels() {
    Set<String> known = new LinkedHashSet<>(hooks.labels());
    turns.stream().map(Turn::label).forEach(known::add);
    code()
        .flatMap(code -> ANNOUNCED.matcher(code).results())
        .forEach(label -> known.add(label.group(1)));
    line("/* What can be announced. Hooks for anything else are not for this test. */");
    line("static const char *const labels[] = {");
    known.forEach(label -> line("\t\"" + Plain.name(label) + "\","));
    line("};");
    line("");
    if (labels.isEmpty()) {
      line("/* No step needs a hook, so it is as if all were there. */");
      line("#undef RINGFENCE_HOOKS");
      line("#define RINGFENCE_HOOKS 1");
      line("");
    }
  }

  /** Whether another thread takes a step while a call, whose steps are hooks, is in progress. */
  private boolean isInterleaved() {
    String last = "";
    for (Turn turn : turns) {
      if (turn.isHook() && !turn.thread().equals(last)) {
        return true;
      }
      last = turn.thread().isEmpty() ? last : turn.thread();
    }
    return false;
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
    if (writes(Faults::entersCall)) {
      line("\t" + Faults.check(property()));
    }
    line("	ringfence_check_hooks(followed);");
    if (trace.loop().isPresent()) {
      line(
          "	/* The trace breaks the property as it goes on without an end: "
              + trace.ending()
              + ". This test ends: it lets all go on from there, and waits for what should happen."
              + " */");
    }
    List<String> verdict = family.verdict(property());
    indented(verdict);
    if (isInterleaved() && verdict.stream().noneMatch(code -> code.contains("ztest_test_skip"))) {
      line("	/* no check has failed, but the way of the trace was not taken */");
      indented(Verdicts.skippedWithoutHooks());
    }
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

  /** Lines of C. */
  static List<String> lines(String text) {
    return text.lines().toList();
  }
}
