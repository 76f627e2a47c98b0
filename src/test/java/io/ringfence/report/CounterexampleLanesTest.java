package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who acts, waits and holds the lock in recorded counterexamples of several specs. */
class CounterexampleLanesTest {
  @Test
  void theQueueOfTheEdfSchedulerOvertakesItsClient() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("edf-state");
    assertThat(trace.actors())
        .containsSequence("ipc0", "ipc0", "ipc0", "edf", "edf")
        .endsWith("edf", "ipc0");
    assertThat(trace.lane(0, "ipc0")).isEqualTo("IDLE()  []");
    assertThat(trace.lane(1, "edf")).startsWith("WAITING(work) W0_Take");
    assertThat(trace.lane(4, "ipc0"))
        .startsWith("READY() S2_Queued [")
        .contains("schedule_edf_task");
    assertThat(trace.lane(7, "edf")).startsWith("READY() Callback [").contains("edf_work_handler");
    assertThat(trace.diagram())
        .contains("participant T1 as edf, core 0", "T0->>L0: a new INIT", "T1->>L0: a gone INIT");
  }

  @Test
  void theQueueOfTheEdfSchedulerLeadsIntoDeadMemory() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("edf-free");
    assertThat(trace.at(7).lists().get(0).broken()).isEmpty();
    assertThat(trace.at(8).lists().get(0).broken()).isEqualTo("leads into dead memory");
    assertThat(trace.lane(9, "edf")).startsWith("UNFOLLOWED(use after free)");
    assertThat(trace.lane(9, "ipcx0")).startsWith("UNFOLLOWED()");
  }

  @Test
  void systemCallsAboutTasksMeetInTheList() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("task-race");
    assertThat(trace.actors())
        .containsExactly("a", "b", "a", "b", "a", "a", "a", "a", "a", "b", "a", "b");
    assertThat(trace.lane(5, "a")).isEqualTo("READY() link [zephyr_ll_task_sem_alloc]");
    assertThat(trace.lane(9, "a")).isEqualTo("READY() unlink [zephyr_ll_task_sem_free]");
    assertThat(trace.owner(10)).isEqualTo("null");
    assertThat(trace.at(6).lists().get(0).items()).hasSize(1);
    assertThat(trace.lane(12, "b")).startsWith("UNFOLLOWED(use after free)");
    assertThat(trace.diagram()).contains("T0->>L0: semaphore 1 gone");
  }

  @Test
  void aTickWaitsForTheLockOfItsCore() throws IOException {
    RecordedTrace recorded = ReplayedTrace.of("task-race").recorded();
    BoundFirmware firmware = Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE);
    firmware.start(
        firmware.variables().stream()
            .map(variable -> recorded.trace().states().get(0).values().get(variable))
            .toArray(Value[]::new));
    for (String thread : List.of("a", "b")) {
      Map<String, Value> t = Map.of("t", StringValue.of(thread));
      Map<String, Value> tick = Map.of("t", StringValue.of(thread), "c", IntValue.of(0));
      assertThat(firmware.resolve("CallTick", tick).perform()).isEqualTo(Outcome.DONE);
      assertThat(firmware.resolve("Verify", t).perform()).isEqualTo(Outcome.DONE);
    }
    Operation lock = firmware.resolve("Lock", Map.of("t", StringValue.of("a")));
    assertThat(firmware.threads().lanes()).extracting(Lane::status).containsOnly(Status.READY);
    assertThat(lock.perform()).isEqualTo(Outcome.DONE);
    assertThat(firmware.threads().lanes())
        .extracting(Lane::status)
        .containsExactly(Status.READY, Status.BLOCKED);
    assertThat(firmware.threads().locks())
        .contains(new Lock("DP lock of core 0", LockKind.MUTEX, "a", 1, List.of("b")));
  }

  @Test
  void aThreadOfAModuleHoldsItsMutexWhileAnotherOneResets() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("module-teardown");
    assertThat(trace.actors()).containsExactly("a", "b", "a", "b", "b", "a", "a", "b");
    assertThat(trace.owner(5)).isEqualTo("null");
    assertThat(trace.owner(6)).isEqualTo("a");
    assertThat(trace.lane(6, "a")).isEqualTo("READY() take [mod_alloc_ext]");
    assertThat(trace.lane(6, "b")).isEqualTo("READY() reset [mod_free_all]");
    assertThat(trace.diagram()).contains("T1->>T1: 8 Reset(b)");
  }

  @Test
  void twoThreadsAreInTheVirtualHeapWithoutItsMutex() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("vmh-unlocked");
    assertThat(trace.actors()).containsExactly("p", "q", "p");
    assertThat(trace.owner(2)).isEqualTo("null");
    assertThat(trace.lane(2, "p")).isEqualTo("READY() map [vmh_alloc]");
    assertThat(trace.lane(2, "q")).isEqualTo("READY() map [vmh_alloc]");
    assertThat(trace.lane(3, "p")).isEqualTo("IDLE()  []");
    assertThat(trace.diagram()).contains("participant T1 as q\n");
  }

  @Test
  void theMutexOfTheVirtualHeapIsHeldThroughACall() throws IOException {
    RecordedTrace recorded = ReplayedTrace.of("vmh-unlocked").recorded();
    Map<String, Value> constants = new HashMap<>(recorded.constants());
    constants.put("Defects", SetValue.of(List.of()));
    BoundFirmware firmware = Bindings.open(recorded.spec(), constants, Switches.NONE);
    ActionCall alloc = Objects.requireNonNull(recorded.trace().states().get(1).action());
    firmware.start(
        firmware.variables().stream()
            .map(variable -> recorded.trace().states().get(0).values().get(variable))
            .toArray(Value[]::new));
    assertThat(firmware.resolve(alloc.name(), alloc.arguments()).perform()).isEqualTo(Outcome.DONE);
    assertThat(firmware.threads().locks())
        .containsExactly(new Lock("mutex of the heap", LockKind.MUTEX, "p", 1, List.of()));
  }

  @Test
  void anAttackerActsBetweenTheStepsOfACall() throws IOException {
    ReplayedTrace task = ReplayedTrace.of("task-forged");
    assertThat(task.actors()).containsExactly("a", "a", "attacker", "a");
    assertThat(task.diagram()).contains("participant T1 as attacker\n");
    ReplayedTrace module = ReplayedTrace.of("module-forged");
    assertThat(module.actors()).containsExactly("a", "attacker", "a");
    assertThat(module.lane(2, "a")).isEqualTo("READY() verify [mod_alloc_ext]");
    assertThat(module.lane(3, "a")).isEqualTo("ABORTED(NULL dereference) verify [mod_alloc_ext]");
    assertThat(module.lane(3, "attacker")).isEqualTo("ABORTED(all stopped: NULL dereference)  []");
  }

  @Test
  void aRegionIsFreedWhileAThreadTakesMemoryOfIt() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("region-taken");
    assertThat(trace.actors())
        .containsExactly("module", "buffer", "buffer", "module", "module", "buffer");
    assertThat(trace.lane(3, "buffer")).isEqualTo("READY() taking [vregion_alloc_align]");
    assertThat(trace.lane(4, "module"))
        .isEqualTo("READY() pages [module_adapter_mem_free, vregion_put]");
    assertThat(trace.lane(6, "buffer")).isEqualTo("ABORTED(unmapped)  [vregion_alloc_align]");
    assertThat(trace.lane(6, "module"))
        .isEqualTo("ABORTED(all stopped: unmapped) control [module_adapter_mem_free, vregion_put]");
  }

  @Test
  void theModuleItselfFreesWhatItForged() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("region-forged");
    assertThat(trace.actors()).containsExactly("module", "module", "user module");
    assertThat(trace.lane(2, "module")).isEqualTo("IDLE()  [vregion_alloc_align]");
    assertThat(trace.lane(3, "user module")).isEqualTo("ABORTED(panic)  [vregion_free]");
    assertThat(trace.diagram())
        .contains("T0->>T0: 2 Alloc(a, 24), called vregion_alloc_align")
        .contains("T2->>T2: 3 UserFree(a, forged)\n");
  }

  @Test
  void theOwnerOfTheLockIsOverwrittenWhileTheKernelHasIt() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("trust-owner");
    assertThat(trace.actors())
        .containsExactly("kernel", "kernel", "kernel", "kernel", "user thread", "kernel");
    assertThat(trace.owner(2)).isEqualTo("null");
    assertThat(trace.owner(3)).isEqualTo("kernel");
    assertThat(trace.lane(5, "kernel")).isEqualTo("READY() release [schedule_task]");
    assertThat(trace.lane(6, "kernel")).isEqualTo("ABORTED(assert)  [schedule_task]");
    assertThat(trace.diagram()).contains("participant T1 as user thread, core 1");
  }

  @Test
  void theKernelCallsWhatAUserThreadPutInItsWay() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("trust-work");
    assertThat(trace.actors()).containsExactly("user thread", "kernel");
    assertThat(trace.lane(1, "kernel")).isEqualTo("IDLE()  []");
    assertThat(trace.lane(2, "kernel")).isEqualTo("ABORTED(hijack)  [ipc_work_handler]");
  }

  @Test
  void anEndlessLoopWithInterruptsMaskedIsNoAbort() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("ll-hang");
    int last = trace.replay().steps().size() - 1;
    assertThat(trace.at(last).lanes())
        .filteredOn(lane -> lane.status() == Status.HUNG)
        .extracting(Lane::detail)
        .containsExactly("interrupts masked");
    assertThat(trace.replay().steps().get(last).fault()).startsWith("HANG: ");
  }

  @Test
  void aUseAfterFreeIsNamedOnce() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("ll-free");
    int last = trace.replay().steps().size() - 1;
    assertThat(trace.replay().steps().get(last).fault()).startsWith("USE_AFTER_FREE: ");
    assertThat(trace.at(last).lanes())
        .filteredOn(lane -> lane.status() == Status.UNFOLLOWED)
        .extracting(Lane::detail)
        .containsExactly("use after free");
  }

  @Test
  void aReadOfWhatNobodyWroteIsNotFollowed() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("region-uninitialized");
    int last = trace.replay().steps().size() - 1;
    assertThat(trace.at(last).lanes()).extracting(Lane::status).containsOnly(Status.UNFOLLOWED);
    assertThat(trace.at(last).lanes()).extracting(Lane::detail).contains("uninitialized read", "");
    assertThat(trace.marked(last)).containsExactly("value = uninitialized");
  }

  @Test
  void aThreadThatBringsMessagesIsTheKernels() throws IOException {
    assertThat(ReplayedTrace.of("task-core").at(1).lanes())
        .extracting(lane -> lane.name() + " " + lane.mode())
        .containsExactly("ipc KERNEL", "attacker USER");
    assertThat(ReplayedTrace.of("task-race").at(1).lanes())
        .extracting(Lane::mode)
        .containsOnly(Mode.USER);
  }
}
