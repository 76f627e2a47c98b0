package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.RecordValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/ModuleDomains.tla} as calls of the DP scheduler. For each module there is
 * a thread that initializes and frees its task, named {@code ipc_} and the module, and one that
 * tells the module's own thread what to do. The steps of an initialization begin with {@code
 * TakeDomain}; which step of a teardown is the first depends on the code under test, so that the
 * call is announced by its own name.
 */
final class DpDomainCalls implements CFamily {
  private static final String FREE = "schedule_task_free";
  private static final String ABORT = "AbortThread";
  private static final String DELETE = "FreeDomain";

  private final Trace trace;
  private final LlTraces.Constants given;
  private final boolean deletesFirst;
  private final List<Turn> turns = new ArrayList<>();

  /** The steps that are left of the call that is under way for a module. */
  private final Map<String, Set<String>> left = new LinkedHashMap<>();

  /** Whether a step falls within a call that another thread is in. */
  private boolean isInterleaved;

  DpDomainCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    this.deletesFirst = given.names("Defects").contains("S-81");
    Step.of(trace).forEach(this::add);
  }

  private void add(Step step) {
    ActionCall call = step.call();
    String module = module(call);
    switch (call.name()) {
      case "TakeDomain" -> initialize(step, module);
      case "AddPartitions", "AddThread", "StartThread" -> within(call, module);
      case ABORT, DELETE -> free(step, module);
      case "Touch" -> tell(step, touch(call, module));
      case "GetCopy" -> tell(step, List.of("get_copy(&module_" + module + ");"));
      default -> throw ExportException.unknown(call);
    }
    String thread = turns.get(turns.size() - 1).thread();
    isInterleaved |=
        left.entrySet().stream()
            .anyMatch(entry -> !entry.getValue().isEmpty() && !thread.equals(ipc(entry.getKey())));
  }

  private static String module(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "m"));
  }

  private static String ipc(String module) {
    return "ipc_" + module;
  }

  private Set<String> left(String module) {
    return left.computeIfAbsent(module, key -> new LinkedHashSet<>());
  }

  private void turn(String thread, ActionCall call, List<String> code) {
    turns.add(new Turn(thread, call.name(), Plain.comment(call.toString()), !code.isEmpty(), code));
  }

  private void initialize(Step step, String module) {
    if (result(step.after(), "what").equals("failed")) {
      throw new ExportException(step.call() + ": a test in C cannot make page tables run out");
    }
    left(module).forEach(label -> turns.add(Turn.hook(ipc(module), label)));
    left(module).clear();
    left(module).addAll(List.of("AddPartitions", "AddThread", "StartThread"));
    turn(ipc(module), step.call(), List.of("init_task(&module_" + module + ");"));
  }

  private static String result(TraceState state, String field) {
    if (state.values().get("result") instanceof RecordValue result
        && result.get(field) instanceof StringValue text) {
      return text.value();
    }
    throw new ExportException("result should be a record, as in the spec");
  }

  /** A step that a hook announces. */
  private void within(ActionCall call, String module) {
    left(module).remove(call.name());
    turn(ipc(module), call, List.of());
  }

  private void free(Step step, String module) {
    if (left(module).isEmpty()) {
      left(module).addAll(List.of(ABORT, DELETE));
      List<String> code = new ArrayList<>();
      if (!isToldLater(step, module)) {
        code.add("end_service(&module_" + module + ");");
      }
      code.add("free_task(&module_" + module + ");");
      turns.add(Turn.call(ipc(module), FREE, code));
    }
    boolean hasEnded = LlTraces.text(step.before(), "thread", module).equals("ended");
    if (step.call().name().equals(DELETE)
        && hasEnded
        && !deletesFirst
        && left(module).remove(ABORT)) {
      // To abort what has ended is no step of the trace, but is done.
      turns.add(Turn.hook(ipc(module), ABORT));
    }
    within(step.call(), module);
  }

  private void tell(Step step, List<String> code) {
    String module = module(step.call());
    if (left(module).contains("AddThread")) {
      throw new ExportException(
          step.call() + ": a thread that is not in its domain yet cannot be told what to do");
    }
    List<String> lines = new ArrayList<>(code);
    if (left(module).contains(ABORT) && !isToldLater(step, module)) {
      lines.add("end_service(&module_" + module + ");");
    }
    turn(module, step.call(), lines);
  }

  /** Whether the thread of a module does something after a step, before its task is another one. */
  private boolean isToldLater(Step step, String module) {
    List<ActionCall> calls = ActionArguments.calls(trace);
    return calls.subList(step.number(), calls.size()).stream()
        .filter(call -> module(call).equals(module))
        .takeWhile(call -> !call.name().equals("TakeDomain"))
        .anyMatch(call -> call.name().equals("Touch"));
  }

  private List<String> touch(ActionCall call, String module) {
    if (!(call.arguments().get("r") instanceof SeqValue region)
        || region.elements().size() != 2
        || !(region.elements().get(0) instanceof StringValue kind)
        || !(region.elements().get(1) instanceof StringValue owner)) {
      throw new ExportException(call + ": a region should be as in the spec");
    }
    String address =
        switch (kind.value()) {
          case "mailbox" -> "(const void *)MAILBOX_HOSTBOX_BASE";
          case "heap" -> "module_" + Plain.name(owner.value()) + ".region";
          case "copy" -> "module_" + Plain.name(owner.value()) + ".copy";
          default -> throw new ExportException(call + ": no such region");
        };
    return List.of("touch(&module_" + module + ", " + address + ");");
  }

  @Override
  public List<String> includes() {
    return DpModule.includes();
  }

  private List<String> modules() {
    return given.names("Modules").stream().map(Plain::name).toList();
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(DpModule.shared());
    modules().forEach(module -> lines.addAll(DpModule.declarations(module)));
    lines.add("static struct module *const modules[] = {");
    modules().forEach(module -> lines.add("\t&module_" + module + ","));
    lines.add("};");
    lines.add("");
    lines.addAll(DpDomainChecks.declarations());
    return lines;
  }

  @Override
  public List<CThread> threads() {
    Set<String> names = new LinkedHashSet<>();
    turns.forEach(turn -> names.add(turn.thread()));
    return names.stream().map(name -> new CThread(name, false, 0)).toList();
  }

  @Override
  public String otherThread() {
    return "\"dp\"";
  }

  @Override
  public List<String> preparation() {
    return modules().stream().map(module -> "make_module(&module_" + module + ");").toList();
  }

  @Override
  public List<Turn> turns() {
    return turns;
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    if (needsHooks(property)) {
      lines.add("/* without hooks no step within a call waits for its turn */");
      lines.addAll(Verdicts.skippedWithoutHooks());
    }
    lines.add("ringfence_settle();");
    for (String module : modules()) {
      boolean asked =
          switch (property) {
            case "RunsInDomainInv" -> LlTraces.text(end, "thread", module).equals("running");
            case "UserNeverTouchesKernelInv" -> result(end, "by").equals(module);
            default -> true;
          };
      if (asked) {
        lines.add(
            DpDomainChecks.check(property) + "(&module_" + module + ", \"" + property + "\");");
      }
    }
    return lines;
  }

  private boolean needsHooks(String property) {
    return isInterleaved || Set.of("RunsInDomainInv", "DeletedEmptyInv").contains(property);
  }
}
