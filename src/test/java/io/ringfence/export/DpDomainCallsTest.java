package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counterexamples about the memory domains of modules as tests in C. */
class DpDomainCallsTest {
  @TempDir private Path folder;

  private static Trace recorded(String file) throws IOException {
    return ItfReader.read(Path.of("src/test/resources/traces/" + file));
  }

  private String source(Trace trace) throws Exception {
    String source =
        CTestSource.write("a name", "ModuleDomains", trace, CTestSourceTest.constants(trace), "");
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    assertThat(source.lines()).allMatch(line -> CLayout.width(line) <= CLayout.COLUMNS);
    return source;
  }

  /** A trace up to a step, and another one after that. */
  private static Trace with(Trace trace, int steps, ActionCall call, Map<String, String> values) {
    List<TraceState> states = new ArrayList<>(trace.states().subList(0, steps + 1));
    Map<String, Value> after = new HashMap<>(states.get(steps).values());
    values.forEach((name, value) -> after.put(name, ValueParser.parse(value)));
    states.add(new TraceState(states.size(), call, after));
    return new Trace(trace.meta(), trace.variables(), states, Optional.empty());
  }

  private static ActionCall call(String name, String... arguments) {
    Map<String, Value> values = new HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      values.put(parts[0], ValueParser.parse(parts[1]));
    }
    return new ActionCall(name, values);
  }

  @Test
  void aTaskIsMadeAndFreedByOneCallEachAndItsThreadIsTold() throws Exception {
    String source = source(recorded("mdom-b58.itf.json"));
    assertThat(source)
        .contains(
            """
            \t{ "ipc_a", "TakeDomain", true },	/* 1 TakeDomain(a) */
            \t{ "ipc_a", "AddPartitions", false },	/* 2 AddPartitions(a) */
            \t{ "ipc_a", "AddThread", false },	/* 3 AddThread(a) */
            \t{ "ipc_a", "StartThread", false },	/* 4 StartThread(a) */
            \t{ "a", "GetCopy", true },	/* 5 GetCopy(a) */
            """)
        .contains("ringfence_at(\"TakeDomain\");\n\tinit_task(&module_a);")
        .contains("ringfence_at(\"GetCopy\");\n\tget_copy(&module_a);")
        .contains("ringfence_at(\"Touch\");\n\ttouch(&module_a, module_b.region);")
        .contains("ringfence_at(\"Touch\");\n\ttouch(&module_a, module_a.copy);")
        .contains("{ run_a, 0, 0 },", "make_module(&module_a);\n\tmake_module(&module_b);")
        .doesNotContain("run_ipc_b");
  }

  @Test
  void aTeardownIsAnnouncedByTheCallAndWhatHasEndedIsAbortedWithoutAStep() throws Exception {
    String source = source(recorded("mdom-b58.itf.json"));
    assertThat(source)
        .contains(
            """
            \t{ "ipc_a", "schedule_task_free", true },
            \t{ "ipc_a", "AbortThread", false },
            \t{ "ipc_a", "FreeDomain", false },	/* 7 FreeDomain(a) */
            \t{ "ipc_a", "TakeDomain", true },	/* 8 TakeDomain(a) */
            """)
        .contains(
            "ringfence_at(\"schedule_task_free\");\n\tend_service(&module_a);\n"
                + "\tfree_task(&module_a);");
  }

  @Test
  void withStepsWithinTheTeardownTheThreadServesUntilTheLastOfThem() throws Exception {
    String source = source(recorded("mdom-s81.itf.json"));
    assertThat(source)
        .contains("ringfence_at(\"schedule_task_free\");\n\tfree_task(&module_a);")
        .contains("touch(&module_a, module_b.region);\n\tend_service(&module_a);")
        .contains("{ run_ipc_a, 0, 0 },\n\t{ run_ipc_b, 0, 0 },\n\t{ run_a, 0, 0 },");
  }

  @Test
  void whatIsNotDoneBeforeItsThreadEndsIsFinishedFirst() throws Exception {
    Trace trace = recorded("mdom-s81.itf.json");
    Map<String, String> ended =
        Map.of("result", "[by |-> \"a\", what |-> \"fault\", on |-> <<\"heap\", \"b\">>]");
    Trace killed = with(trace, 7, call("Touch", "m=\"a\"", "r=<<\"heap\", \"b\">>"), ended);
    Trace again =
        with(
            killed,
            8,
            call("TakeDomain", "m=\"a\""),
            Map.of("result", "[by |-> \"a\", what |-> \"done\", on |-> <<\"-\", \"-\">>]"));
    assertThat(source(again))
        .contains(
            """
            \t{ "ipc_a", "AbortThread", false },
            \t{ "ipc_a", "TakeDomain", true },	/* 9 TakeDomain(a) */
            """);
  }

  @Test
  void theVerdictIsAboutMemoryAndNeedsHooksWhereACallIsUnderWay() throws Exception {
    assertThat(source(recorded("mdom-b58.itf.json")))
        .endsWith(
            "\tringfence_settle();\n\tcheck_touch(&module_a, \"UserNeverTouchesKernelInv\");\n}\n")
        .doesNotContain("ztest_test_skip();");
    assertThat(source(recorded("mdom-s81.itf.json")))
        .endsWith(
            """
            \t\tztest_test_skip();
            \tringfence_settle();
            \tcheck_touch(&module_a, "UserNeverTouchesKernelInv");
            }
            """);
  }

  @Test
  void whatNoTestCanDoIsRefused() throws Exception {
    Trace trace = recorded("mdom-b58.itf.json");
    Trace full =
        with(
            trace,
            0,
            call("TakeDomain", "m=\"a\""),
            Map.of("result", "[by |-> \"a\", what |-> \"failed\", on |-> <<\"-\", \"-\">>]"));
    assertThatThrownBy(() -> source(full))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("page tables");
    Trace early = with(trace, 2, call("Touch", "m=\"a\"", "r=<<\"mailbox\", \"host\">>"), Map.of());
    assertThatThrownBy(() -> source(early))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("not in its domain yet");
    Trace nowhere = with(trace, 4, call("Touch", "m=\"a\"", "r=<<\"stack\", \"a\">>"), Map.of());
    assertThatThrownBy(() -> source(nowhere))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("no such region");
    assertThatThrownBy(() -> source(with(trace, 4, call("Wait", "m=\"a\""), Map.of())))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Wait");
  }
}
