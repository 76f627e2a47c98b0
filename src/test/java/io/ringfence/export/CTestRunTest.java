package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.trace.ActionCall;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests in C that run, against code with the defect and without it, with hooks and without them.
 */
@Timeout(120)
class CTestRunTest {
  @TempDir private Path folder;

  /** What a test says, with the outcome in its last line. */
  private String run(String source, String standIn, String... options) throws Exception {
    List<String> all = new ArrayList<>();
    for (String option : options) {
      all.add("-D" + option);
    }
    return Gcc.run(folder, source, standIn, all).strip();
  }

  private static String recorded(String file) throws Exception {
    Trace trace = ItfReader.read(Path.of("src/test/resources/traces/" + file));
    String spec = trace.meta().get(TraceMeta.SPEC).orElseThrow();
    return CTestSource.write("recorded", spec, trace, CTestSourceTest.constants(trace), "");
  }

  /** A trace that ends as the firmware halts itself. */
  private static String halted() throws Exception {
    Trace fault = ItfReader.read(Path.of("src/test/resources/traces/task-forged.itf.json"));
    List<TraceState> states = new ArrayList<>(fault.states());
    TraceState end = states.remove(states.size() - 1);
    Map<String, Value> values = new LinkedHashMap<>(end.values());
    values.put("stop", ValueParser.parse("\"halt\""));
    states.add(new TraceState(end.index(), end.action(), values));
    Trace halt = new Trace(fault.meta(), fault.variables(), states, Optional.empty());
    return CTestSource.write("halt", "TaskSyscalls", halt, CTestSourceTest.constants(halt), "");
  }

  private static Trace trace(String... calls) {
    List<TraceState> states = new ArrayList<>();
    states.add(new TraceState(0, null, Map.of()));
    for (String call : calls) {
      String[] words = call.split(" ", -1);
      Map<String, Value> arguments = new LinkedHashMap<>();
      for (int i = 1; i < words.length; i++) {
        String[] parts = words[i].split("=", 2);
        arguments.put(parts[0], ValueParser.parse(parts[1]));
      }
      states.add(new TraceState(states.size(), new ActionCall(words[0], arguments), Map.of()));
    }
    Map<String, String> meta = Map.of(TraceMeta.PROPERTY, "TheInv");
    return new Trace(new TraceMeta(meta), List.of(), states, Optional.empty());
  }

  /** Two threads free a task: an interleaving within calls. */
  private static String ll() throws Exception {
    return recorded("ll-tsk-8.itf.json");
  }

  @Test
  void aDefectInAnInterleavingIsFoundWithHooksOnly() throws Exception {
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS", "DEFECT"))
        .contains("went the way of the trace", "NoDoubleFreeInv is violated")
        .endsWith("FAIL");
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS"))
        .contains("left the trace at step 10, F4_SetFreeing: ipcx0 came to its end instead")
        .endsWith("PASS");
    assertThat(run(ll(), "ll.c", "DEFECT")).endsWith("SKIP");
  }

  @Test
  void missingHooksAreNoRepair() throws Exception {
    for (String code : List.of("DEFECT", "REPAIRED")) {
      assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", code))
          .contains("no hook was ever reached: are they in the source?")
          .endsWith("FAIL");
      assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "RINGFENCE_HOOKS_PROVEN", code))
          .contains("no hook was ever reached")
          .endsWith("FAIL");
    }
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS", "DEFECT", "FORGOTTEN"))
        .contains("left the trace at step 6, F4_SetFreeing: ipc0 came to F5_Unlock instead")
        .contains("the hook F4_SetFreeing was never reached: is it in the source, at its place?")
        .endsWith("FAIL");
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS", "DEFECT", "MISSPELLED"))
        .contains("there is a hook F4_SetFreeng: is this name right?")
        .contains("the hook F4_SetFreeing was never reached")
        .endsWith("FAIL");
  }

  @Test
  void aRepairThatTurnsOffBeforeAHookCountsOnceThatIsProven() throws Exception {
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS", "REFUSES"))
        .contains("left the trace at step 6, F4_SetFreeing: ipc0 came to its end instead")
        .contains("the hook F4_SetFreeing was never reached")
        .endsWith("FAIL");
    assertThat(run(ll(), "ll.c", "RINGFENCE_HOOKS", "HOOKS", "REFUSES", "RINGFENCE_HOOKS_PROVEN"))
        .endsWith("PASS");
  }

  @Test
  void whereAllStepsAreCallsNoHookIsNeeded() throws Exception {
    Trace trace = trace("Alloc s=\"a\" n=2", "Alloc s=\"b\" n=2");
    String source = CTestSource.write("pages", "VirtualPages", trace, Map.of(), "");
    assertThat(source).contains("the source needs no hooks").doesNotContain("-DRINGFENCE_HOOKS");
    assertThat(run(source, "pages.c", "DEFECT")).endsWith("FAIL");
    assertThat(run(source, "pages.c")).contains("went the way of the trace").endsWith("PASS");
  }

  /** An attacker writes between two calls of the kernel. */
  private static String attack() {
    Trace trace =
        trace(
            "I1_ChooseHeap th=\"k0\" type=\"LL_TIMER\" ops=\"full\"",
            "I2_ValidateOps th=\"k0\"",
            "I3_AllocNode th=\"k0\"",
            "I4_Zero th=\"k0\"",
            "I4_Fill th=\"k0\"",
            "G1_PickSlot th=\"k0\"",
            "G2_AllocHead th=\"k0\"",
            "G2_ZeroHead th=\"k0\"",
            "G2_InitHead th=\"k0\"",
            "G3_Append th=\"k0\"",
            "T1_CheckType th=\"k0\" k=\"kt\" type=\"LL_TIMER\" core=\"c0\"",
            "T2_PickList th=\"k0\"",
            "T3_CheckList th=\"k0\"",
            "T4_Walk th=\"k0\"",
            "T6_Store th=\"k0\"",
            "AdversaryWrite a=\"K1\" field=\"ops\" v=\"evil\"",
            "Operate th=\"k0\" k=\"kt\" op=\"schedule\"");
    Map<String, Value> constants =
        Map.of(
            "UserThreads", ValueParser.parse("{}"),
            "CoreOf", ValueParser.parse("[k0 |-> \"c0\"]"));
    return CTestSource.write("attack", "SchedulerOwnership", trace, constants, "");
  }

  @Test
  void anAttackIsSeenInMemoryAndADeadAttackerIsARepair() throws Exception {
    assertThat(run(attack(), "registry.c", "RINGFENCE_HOOKS", "HOOKS", "DEFECT"))
        .contains("went the way of the trace", "the kernel calls what user space says: TheInv")
        .endsWith("FAIL");
    assertThat(run(attack(), "registry.c", "RINGFENCE_HOOKS", "HOOKS"))
        .contains("left the trace at step 16, AdversaryWrite: attacker did not come back from it")
        .endsWith("PASS");
    assertThat(run(attack(), "registry.c", "RINGFENCE_HOOKS", "DEFECT"))
        .contains("no hook was ever reached")
        .endsWith("FAIL");
    // The attack is between two calls, so that their order is enough.
    assertThat(run(attack(), "registry.c", "DEFECT")).endsWith("FAIL");
    assertThat(run(attack(), "registry.c")).endsWith("PASS");
  }

  @Test
  void aSystemCallThatFaultsIsNotOneThatIsRefused() throws Exception {
    String source = recorded("task-forged.itf.json");
    for (String defect : List.of("DEFECT", "PANICS")) {
      assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", defect))
          .contains("left the trace at step 4, Make: a did not come back from it")
          .contains("the kernel faulted in a system call, for reason")
          .endsWith("FAIL");
    }
    for (String repair : List.of("OOPSES", "REFUSES", "REPAIRED")) {
      assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", repair)).endsWith("PASS");
    }
    assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", "OOPSES"))
        .contains("left the trace at step 4, Make: a did not come back from it");
    assertThat(run(source, "task.c", "DEFECT")).endsWith("SKIP");
  }

  @Test
  void aFaultOfUnknownOriginIsSkippedAndAPanicIsTheKernels() throws Exception {
    String source =
        recorded("task-forged.itf.json").replace("SYSTEM_CALL);\n\tzephyr", "FUNCTION);\n\tzephyr");
    assertThat(source).contains("ringfence_enter(RINGFENCE_FUNCTION);");
    assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", "DEFECT"))
        .contains("in user mode or in the kernel: check that yourself")
        .endsWith("SKIP");
    assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", "PANICS")).endsWith("FAIL");
    assertThat(run(source, "task.c", "RINGFENCE_HOOKS", "HOOKS", "OOPSES")).endsWith("PASS");
  }

  @Test
  void aTraceThatTheHandlerOfZtestHidesIsNoTest() throws Exception {
    assertThatThrownBy(() -> halted())
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("gives way to that of ztest");
  }

  @Test
  void aCallThatComesToNoEndIsAViolationAndALateEndIsNone() throws Exception {
    String source = recorded("ll-liv-1.itf.json");
    for (String defect : List.of("DEFECT", "KEEPS")) {
      assertThat(run(source, "live.c", "RINGFENCE_HOOKS", "HOOKS", defect))
          .contains("FreeTerminatesProp is violated: the call of ipc0 did not end within 1000 ms")
          .endsWith("FAIL");
    }
    for (String repair : List.of("REPAIRED", "SLOW")) {
      assertThat(run(source, "live.c", "RINGFENCE_HOOKS", "HOOKS", repair))
          .contains("went the way of the trace")
          .endsWith("PASS");
    }
    assertThat(run(source, "live.c", "DEFECT")).endsWith("SKIP");
    assertThat(run(source, "live.c", "RINGFENCE_HOOKS", "REPAIRED"))
        .contains("no hook was ever reached")
        .endsWith("FAIL");
  }

  @Test
  void aTaskThatNeverRunsIsAViolationAndOneThatRunsLateIsNone() throws Exception {
    String source = recorded("ll-tsk-6.itf.json");
    assertThat(run(source, "live.c", "RINGFENCE_HOOKS", "HOOKS", "SLEEPS"))
        .contains("QueuedRunsProp is violated: task a did not run within 1000 ms")
        .endsWith("FAIL");
    assertThat(run(source, "live.c", "RINGFENCE_HOOKS", "HOOKS"))
        .contains("went the way of the trace")
        .endsWith("PASS");
    assertThat(run(source, "live.c", "SLEEPS")).endsWith("SKIP");
  }
}
