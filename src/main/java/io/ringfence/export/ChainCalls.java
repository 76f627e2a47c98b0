package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A trace of {@code spec/ChainDma.tla} as messages of the host, with ticks between them. */
final class ChainCalls implements CFamily {
  private static final String THREAD = "ipc";

  private final Trace trace;

  ChainCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("zephyr/pm/policy.h", "ipc4/handler.h", "ipc4/pipeline.h", "rtos/alloc.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    if (turns().stream().anyMatch(turn -> turn.code().contains("exhaust();"))) {
      lines.addAll(HeapUse.exhaustion());
    }
    lines.addAll(
        CTestSource.lines(
            """
            /*
             * For the DMA driver of the test build, which counts the channels that run, and whose
             * dma_get_status() returns -EIO while it is asked to.
             */
            int ringfence_dma_running;
            bool ringfence_dma_fails;

            static size_t before;

            static int send(bool allocate, bool enable)
            {
            	struct ipc4_chain_dma chain = { 0 };
            	struct ipc4_message_request request;
            	struct ipc_msg reply = { 0 };

            	chain.primary.r.type = SOF_IPC4_GLB_CHAIN_DMA;
            	chain.primary.r.allocate = allocate;
            	chain.primary.r.enable = enable;
            	chain.extension.r.fifo_size = 4096;
            	memcpy(&request, &chain, sizeof(request));
            	return ipc4_user_process_glb_message(&request, &reply);
            }

            /* The lock is not taken, nor was it given back once too often. */
            static __unused void check_power(void)
            {
            	zassert_false(pm_policy_state_lock_is_active(PM_STATE_RUNTIME_IDLE,
            						     PM_ALL_SUBSTATES));
            	pm_policy_state_lock_get(PM_STATE_RUNTIME_IDLE, PM_ALL_SUBSTATES);
            	zassert_true(pm_policy_state_lock_is_active(PM_STATE_RUNTIME_IDLE,
            						    PM_ALL_SUBSTATES));
            	pm_policy_state_lock_put(PM_STATE_RUNTIME_IDLE, PM_ALL_SUBSTATES);
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(THREAD, false, 0));
  }

  @Override
  public List<String> preparation() {
    return List.of(
        "/* what is allocated once is there before anything is compared */",
        "zassert_equal(send(true, true), IPC4_SUCCESS);",
        "zassert_true(ringfence_dma_running > 0, \"the DMA driver is not that of the test\");",
        "zassert_equal(send(false, false), IPC4_SUCCESS);",
        "before = all_in_use();");
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> THREAD, ChainCalls::code);
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Start" ->
          isTrue(call, "memory")
              ? List.of("zassert_equal(send(true, true), IPC4_SUCCESS);")
              : List.of(
                  "exhaust();", "zassert_not_equal(send(true, true), IPC4_SUCCESS);", "relent();");
      case "Pause" -> List.of("zassert_equal(send(true, false), IPC4_SUCCESS);");
      case "Delete" -> List.of("zassert_equal(send(false, false), IPC4_SUCCESS);");
      case "Tick" ->
          isTrue(call, "error")
              ? List.of(
                  "ringfence_dma_fails = true;",
                  "k_sleep(K_MSEC(3));",
                  "ringfence_dma_fails = false;")
              : List.of("k_sleep(K_MSEC(3));");
      default -> throw new ExportException(call + " is no message of the host");
    };
  }

  private static boolean isTrue(ActionCall call, String argument) {
    if (call.arguments().get(argument) instanceof BoolValue flag) {
      return flag.value();
    }
    throw new ExportException(call + ": " + argument + " should be true or false");
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    if (Verdicts.text(end, "result").equals("fault")) {
      return Verdicts.survived("fault");
    }
    return List.of(
        Verdicts.returned(property),
        "send(false, false);",
        "zassert_equal(ringfence_dma_running, 0, \"a channel runs without a chain: "
            + property
            + "\");",
        "zassert_equal(all_in_use(), before, \"memory of a chain is left: " + property + "\");",
        "check_power();");
  }
}
