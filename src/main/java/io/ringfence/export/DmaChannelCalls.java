package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.FunctionValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A trace of {@code spec/DmaChannels.tla} as system calls of user threads. */
final class DmaChannelCalls implements CFamily {
  private final Trace trace;
  private final LlTraces.Constants given;

  DmaChannelCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  @Override
  public List<String> includes() {
    return List.of(
        "zephyr/drivers/dma.h", "platform/lib/mailbox.h", "sof/lib/dma.h", "sof/lib/sof_dma.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines =
        new ArrayList<>(
            CTestSource.lines(
                """
                ZTEST_BMEM static struct sof_dma *dma;
                ZTEST_BMEM static __unused struct dma_status statuses[2];
                ZTEST_BMEM static bool astray;
                static __unused struct dma_status kernel_status;
                static uint32_t host_word;

                static volatile uint32_t *mailbox(bool cached)
                {
                	void *start = (void *)MAILBOX_HOSTBOX_BASE;

                	return cached ? sys_cache_cached_ptr_get(start) :
                			sys_cache_uncached_ptr_get(start);
                }
                """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return ActionArguments.names(trace, "u").stream()
        .map(user -> new CThread(user, true, 0))
        .toList();
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    lines.add("dma = &dma_info_get()->dma_array[0];");
    lines.add("host_word = *mailbox(false);");
    List<CThread> threads = threads();
    for (int i = 0; i < threads.size(); i++) {
      if (given.names("Granted").contains(threads.get(i).name())) {
        lines.add("k_object_access_grant(dma->z_dev, ringfence_tids[" + i + "]);");
      }
    }
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.ofSteps(
        trace,
        call ->
            call.arguments().containsKey("u") ? Plain.name(ActionArguments.text(call, "u")) : "",
        step -> code(step.call(), step.before()));
  }

  private static List<String> code(ActionCall call, TraceState before) {
    return switch (call.name()) {
      case "Get" -> Faults.inSystemCall("sof_dma_get(0, 0, 0, SOF_DMA_ACCESS_SHARED);");
      case "Put" -> Faults.inSystemCall("sof_dma_put(dma);");
      case "Request" -> Faults.inSystemCall("sof_dma_request_channel(dma, 0);");
      case "Release" -> onChannel(call, before, "sof_dma_release_channel(dma, $N);");
      case "Start" -> onChannel(call, before, "sof_dma_start(dma, $N);");
      case "Stop" -> onChannel(call, before, "sof_dma_stop(dma, $N);");
      case "Suspend" -> onChannel(call, before, "sof_dma_suspend(dma, $N);");
      case "Resume" -> onChannel(call, before, "sof_dma_resume(dma, $N);");
      case "Reload" -> onChannel(call, before, "sof_dma_reload(dma, $N, 64);");
      case "GetStatus" ->
          Faults.inSystemCall("sof_dma_get_status(dma, 0, " + answer(call, "dma_status") + ");");
      case "GetAttribute" ->
          Faults.inSystemCall(
              "sof_dma_get_attribute(dma, DMA_ATTR_BUFFER_SIZE_ALIGNMENT, "
                  + answer(call, "uint32_t")
                  + ");");
      case "WriteMailbox" -> {
        String cached = String.valueOf(ActionArguments.text(call, "alias").equals("cached"));
        yield Faults.allowed("*mailbox(" + cached + ") = ~host_word;");
      }
      case "GetReturns", "WriteBack" -> List.of();
      default -> throw ExportException.unknown(call);
    };
  }

  private static List<String> onChannel(ActionCall call, TraceState before, String code) {
    long number = ActionArguments.number(call, "n");
    List<String> lines =
        new ArrayList<>(Faults.inSystemCall(code.replace("$N", "(uint32_t)" + number)));
    String owner = owner(before, number);
    if (!owner.equals("-") && !owner.equals(ActionArguments.text(call, "u"))) {
      lines.add("astray = true;\t/* the channel belongs to " + Plain.comment(owner) + " */");
    }
    return lines;
  }

  /** Who has a channel; "-" if nobody has, or there is no such channel. */
  private static String owner(TraceState state, long number) {
    if (state.values().get("owner") instanceof FunctionValue owners
        && owners.entries().get(IntValue.of(number)) instanceof StringValue owner) {
      return owner.value();
    }
    return "-";
  }

  private static String answer(ActionCall call, String type) {
    String pointer = type.equals("uint32_t") ? "(uint32_t *)" : "(struct dma_status *)";
    return switch (ActionArguments.text(call, "p")) {
      case "own" -> pointer + "statuses";
      case "odd" -> pointer + "((char *)statuses + 1)";
      case "kernel" -> pointer + "&kernel_status";
      default -> throw new ExportException(call + ": no such pointer");
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.addAll(Verdicts.refusalsEndThreads());
    lines.add("zassert_false(astray, \"a channel of somebody else was used: " + property + "\");");
    lines.add("zassert_equal(*mailbox(false), host_word, \"" + property + "\");");
    switch (property) {
      case "HandleLiveInv" -> lines.add("zassert_not_null(dma->chan, \"" + property + "\");");
      case "NoLeakAfterTeardownInv" -> {
        lines.add("/* the threads are gone; without them, all channels are free */");
        lines.add("zassert_equal(sof_dma_request_channel(dma, 0), 0, \"" + property + "\");");
        lines.add("zassert_equal(dma->sref, 0, \"" + property + "\");");
      }
      case "VerifyBeforeEffectInv" ->
          lines.add("zassert_equal(dma->sref, " + references(end) + ", \"" + property + "\");");
      default -> {}
    }
    return lines;
  }

  private static int references(TraceState end) {
    return end.values().get("refs") instanceof SetValue set ? set.elements().size() : 0;
  }
}
