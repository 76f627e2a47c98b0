package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/SharedComponent.tla}: the pipeline is handled on core 0, its component,
 * which is made and freed there, is on core 1.
 */
final class SharedCalls implements CFamily {
  private static final String PIPELINE = "pipeline";
  private static final String COMPONENT = "component";

  private final Trace trace;
  private final LlTraces.Constants given;

  SharedCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  private boolean isModule() {
    return given.text("Driver").equals("module");
  }

  @Override
  public List<String> includes() {
    List<String> includes = new ArrayList<>(TestModule.includes());
    includes.add("sof/ipc/topology.h");
    return includes;
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(
        CTestSource.lines(
            """
            /* Whether there is what a copy uses, and whether one came without it. */
            static bool usable;
            static bool copied_astray;

            static __unused void watch_copy(void)
            {
            	if (!usable)
            		copied_astray = true;
            }

            """));
    lines.addAll(isModule() ? TestModule.declarations("LL") : TestModule.nativeComponent());
    lines.addAll(
        CTestSource.lines(
            """
            static struct comp_dev *dev;
            static size_t before;

            static void create(void)
            {
            	dev = make_component(1);
            	comp_make_shared(dev);
            	zassert_ok(ipc4_add_comp_dev(dev));
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(PIPELINE, false, 0), new CThread(COMPONENT, false, 1));
  }

  @Override
  public List<String> preparation() {
    return List.of("before = all_in_use();");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(
        trace,
        call -> Set.of("Create", "Free").contains(call.name()) ? COMPONENT : PIPELINE,
        this::code);
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Create" -> List.of("create();");
      case "Prepare" -> prepare(call);
      case "Start" -> List.of("zassert_ok(comp_trigger(dev, COMP_TRIGGER_START));");
      case "Stop" -> List.of("zassert_ok(comp_trigger(dev, COMP_TRIGGER_STOP));");
      case "Reset" ->
          isModule() ? List.of("usable = false;", "comp_reset(dev);") : List.of("comp_reset(dev);");
      case "Free" -> List.of("usable = false;", "zassert_ok(ipc_comp_free(ipc_get(), 1));");
      case "Tick" -> List.of("/* the tasks of core 1 run */", "k_sleep(K_MSEC(3));");
      default -> throw new ExportException(call + " is no message of a pipeline");
    };
  }

  private static List<String> prepare(ActionCall call) {
    return switch (ActionArguments.text(call, "failing")) {
      case "nothing" -> List.of("zassert_ok(comp_prepare(dev));", "usable = true;");
      case "component" ->
          List.of(
              "prepare_fails = true;",
              "zassert_not_equal(comp_prepare(dev), 0);",
              "prepare_fails = false;");
      default -> throw ExportException.noFailure(call);
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add("zassert_false(copied_astray, \"a copy uses what was freed: " + property + "\");");
    String result = Verdicts.text(end, "result");
    if (Set.of("fault", "invalid free").contains(result)) {
      lines.addAll(Verdicts.survived(result));
      return lines;
    }
    lines.add(Verdicts.returned(property));
    if (Verdicts.text(end, "comp").equals("none")) {
      lines.add("zassert_equal(all_in_use(), before, \"memory is left: " + property + "\");");
    }
    return lines;
  }
}
