package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.ItfReader;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A counterexample as a test in C. */
class CTestSourceTest {
  private static final Map<String, Value> VMH =
      Map.of(
          "PageUnits", IntValue.of(4),
          "BlockUnits", ValueParser.parse("<<2, 8>>"),
          "BlockCounts", ValueParser.parse("<<4, 2>>"));

  @TempDir private Path folder;

  static Map<String, Value> constants(Trace trace) {
    Map<String, Value> constants = new LinkedHashMap<>();
    trace
        .meta()
        .entries()
        .forEach(
            (key, text) -> {
              if (key.startsWith("constant.")) {
                constants.put(key.substring("constant.".length()), ValueParser.parse(text));
              }
            });
    return constants;
  }

  /** The source for a recorded trace, after gcc had nothing against it. */
  private String recorded(String file) throws Exception {
    Trace trace = ItfReader.read(Path.of("src/test/resources/traces/" + file));
    String spec = trace.meta().get(TraceMeta.SPEC).orElseThrow();
    String source = CTestSource.write("a name: \"x\" */", spec, trace, constants(trace), SENTENCE);
    assertThat(source).contains(" * " + SENTENCE + "\n");
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    return source;
  }

  private static final String SENTENCE = "P-1: What must hold, holds.";

  private static ActionCall call(String name, String... arguments) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      values.put(parts[0], ValueParser.parse(parts[1]));
    }
    return new ActionCall(name, values);
  }

  private static Trace trace(Map<String, String> meta, ActionCall... calls) {
    List<TraceState> states = new ArrayList<>();
    states.add(new TraceState(0, null, Map.of()));
    for (ActionCall call : calls) {
      states.add(new TraceState(states.size(), call, Map.of()));
    }
    return new Trace(new TraceMeta(meta), List.of(), states, Optional.empty());
  }

  private static String made(String spec, ActionCall... calls) {
    return CTestSource.write("made", spec, trace(Map.of(), calls), VMH, "");
  }

  @Test
  void theTestOfAnLlTraceHasTheCallsOfEachThreadAndTheInterleaving() throws Exception {
    String source = recorded("ll-tsk-7.itf.json");
    assertThat(source)
        .contains("#include <sof/schedule/ll_schedule.h>")
        .contains("{ \"ipc0\", \"S0_Schedule\", true },\t/* 2 S0_Schedule(ipc0, a) */")
        .contains("{ \"ipc0\", \"S1_Lock\", false },\t/* 3 S1_Lock(ipc0) */")
        .contains("ringfence_at(\"S0_Schedule\");\n\tschedule_task(&task_a, 0, 1000);")
        .contains("schedule_task_free(&task_a);");
    String callback =
        source.substring(source.indexOf("callback_a(void"), source.indexOf("run_ipc0("));
    assertThat(callback)
        .contains("case 0:", "ringfence_at(\"Block\");", "return SOF_TASK_STATE_RESCHEDULE;");
    assertThat(recorded("ll-mem-3.itf.json")).contains("THREADS 1");
  }

  @Test
  void theTestOfARegistryTraceAsksWhereTheListsLie() throws Exception {
    assertThat(recorded("v1-own-11.itf.json"))
        .contains("scheduler_init(SOF_SCHEDULE_EDF, &ops_full, &scheduler_data);")
        .contains("{ \"k0\", \"G3_Append\", false }")
        .contains("check_registry(\"KernelListNeverUserReachableInv\");");
  }

  @Test
  void theHeadingSaysOfWhichCodeTheTraceIs() throws Exception {
    assertThat(recorded("dma-fetch.itf.json"))
        .contains("The trace is of the design MERGED; repairs: none; defects put back: B-82, B-83,")
        .contains("spec/DmaSyscalls.tla.");
  }

  @Test
  void aClientWithoutAStepIsNoThread() throws Exception {
    assertThat(recorded("edf-free.itf.json")).contains("run_ipcx0(").doesNotContain("run_ipc0(");
  }

  @Test
  void aCallWhoseEffectCountsRunsOnWhenTheTraceIsOver() throws Exception {
    assertThat(recorded("dma-fetch.itf.json"))
        .containsSubsequence("#define RINGFENCE_RUNS_ON", "#ifndef RINGFENCE_RUNS_ON")
        .containsSubsequence("followed = ringfence_run();", "ringfence_settle();", "before,")
        .doesNotContain("zassert_false(followed");
    assertThat(recorded("ll-tsk-7.itf.json")).doesNotContain("#define RINGFENCE_RUNS_ON");
  }

  @Test
  void aMessageThatShouldBeRefusedIsAskedWhatItReturned() throws Exception {
    assertThat(recorded("task-pipeline.itf.json"))
        .contains("refused = ipc_pipeline_new(ipc_get(), (ipc_pipe_new *)&message) != 0;")
        .containsSubsequence("ringfence_settle();", "zassert_true(refused,")
        .doesNotContain("zassert_false(followed");
  }

  @Test
  void whatATraceWithoutAnEndWaitsForIsAwaited() throws Exception {
    assertThat(recorded("domain-not-scheduled.itf.json"))
        .contains("#define RINGFENCE_RUNS_ON")
        .contains("RINGFENCE_WAIT_WHILE((runs_of_run_task_1_1 <= 0));")
        .doesNotContain("zassert_false(followed");
    assertThat(recorded("domain-no-quiet.itf.json"))
        .contains("What should happen shows in nothing that this test sees.")
        .containsSubsequence("if (followed) {", "ztest_test_skip();")
        .doesNotContain("zassert_false(followed");
  }

  @Test
  void aLockThatIsHeldWhereTheTraceEndsIsGivenBack() throws Exception {
    assertThat(recorded("ll-liv-5.itf.json"))
        .contains("schedule_task_free(&task_a);\n\tuser_ll_unlock_sched(0);\n\tringfence_end();")
        .contains("the call of user0 did not end");
  }

  @Test
  void callsOfAUserThreadAreMadeInUserMode() throws Exception {
    String source =
        made(
            "SysHeap",
            call("Overwrite", "c=6", "field=\"FREE_NEXT\"", "v=512"),
            call("Alloc", "s=\"a\"", "n=-1", "a=16"),
            call("Free", "s=\"a\"", "o=8"),
            call("Free", "s=\"a\"", "o=0"));
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    assertThat(source)
        .contains("heap()->heap.init_mem)[4 * 6 + 3] = 512;")
        .contains("sof_heap_alloc(heap(), SOF_MEM_FLAG_USER, (uint32_t)-1, 16)")
        .contains("sof_heap_free(heap(), blocks[SLOT_a].at + 8);")
        .contains("sof_heap_free(heap(), give(SLOT_a));")
        .contains("{ run_user, 0, K_USER | K_INHERIT_PERMS }");
  }

  @Test
  void sizesOfTheVirtualHeapAreBytes() throws Exception {
    String source =
        made(
            "VirtualHeap",
            call("Alloc", "t=\"p\"", "s=\"a\"", "n=2", "align=1"),
            call("Map", "t=\"p\""),
            call("FreeInside", "t=\"q\"", "s=\"a\"", "offset=1"),
            call("Free", "t=\"p\"", "s=\"a\""));
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    assertThat(source)
        .contains("\t{ 2048, 4 },", "\t{ 8192, 2 },")
        .contains("take(SLOT_a, vmh_alloc(heap(), 2048), 2048);")
        .contains("vmh_free(heap(), blocks[SLOT_a].at + 1024)")
        .contains("{ \"p\", \"Map\", false }");
  }

  @Test
  void pagesAreAllocatedAndFreed() throws Exception {
    String source = made("VirtualPages", call("Alloc", "s=\"a\"", "n=2"), call("Free", "s=\"a\""));
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    assertThat(source).contains("vpage_alloc(2)", "vpage_free(give(SLOT_a));");
  }

  @Test
  void gccIsReallyAsked() throws Exception {
    String source = made("VirtualPages", call("Alloc", "s=\"a\"", "n=2"));
    assertThat(Gcc.complaints(folder, source.replace("vpage_alloc(2)", "vpage_alloc(2, 3)")))
        .contains("too many arguments");
  }

  @Test
  void textOfTheTraceCannotBecomeCode() throws Exception {
    String evil = "x */ int evil; /* \\\n\"%s\u202e";
    Map<String, String> meta =
        Map.of(TraceMeta.PROPERTY, evil, TraceMeta.MODEL, evil, TraceMeta.CONFIG, evil);
    Trace trace = trace(meta, call("Alloc", "s=\"a\"", "n=2", "x=\"*/ int evil; /*\""));
    String source = CTestSource.write(evil, "VirtualPages", trace, Map.of(), evil);
    assertThat(Gcc.complaints(folder, source)).isEmpty();
    assertThat(source).contains("x * / int evil; / *").doesNotContain("x */ int evil");
    assertThatThrownBy(() -> made("VirtualPages", call("Alloc", "s=\"a b\"", "n=2")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("'a b' should be letters");
  }

  @Test
  void whatHasNoCounterpartInCIsRefused() {
    assertThatThrownBy(() -> made("Weather", call("Rain", "w=1")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Weather")
        .hasMessageContaining("LlScheduler, ModuleDomains, ModuleMemory, SchedulerOwnership");
    assertThatThrownBy(() -> made("VirtualPages"))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("there is no call");
    assertThatThrownBy(() -> made("VirtualPages", call("Evict", "s=\"a\"")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Evict");
    assertThatThrownBy(() -> made("VirtualPages", call("Alloc", "s=\"a\"", "n=\"two\"")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("argument n");
    assertThatThrownBy(
            () ->
                made(
                    "SchedulerOwnership",
                    call("AdversaryWrite", "a=\"U1\"", "field=\"next\"", "v=\"x\"")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("attacker");
  }
}
