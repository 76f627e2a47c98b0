package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who acts, and what is called, in recorded counterexamples whose calls are one step each. */
class CallLanesTest {
  @Test
  void aKernelClientFreesWhatAUserThreadPutInItsWay() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("heap-exposed");
    assertThat(trace.actors()).containsExactly("k", "x", "ll", "x", "k");
    assertThat(trace.lane(1, "k")).isEqualTo("IDLE()  [sof_heap_alloc]");
    assertThat(trace.lane(3, "ll")).isEqualTo("IDLE()  []");
    assertThat(trace.lane(5, "k")).isEqualTo("ABORTED(panic)  [rfree]");
    assertThat(trace.lane(5, "ll")).isEqualTo("ABORTED(all stopped: panic)  []");
    assertThat(trace.diagram()).contains("T0->>T0: 4 KernelFree(x, user, FALSE), called sof_heap");
  }

  @Test
  void aVerifierKillsAUserThreadOnly() throws IOException {
    ReplayedTrace heap = ReplayedTrace.of("heap-late");
    assertThat(heap.lane(1, "ll")).isEqualTo("ABORTED(verify)  [sof_heap_alloc]");
    assertThat(heap.lane(1, "k")).isEqualTo("IDLE()  []");
    ReplayedTrace channel = ReplayedTrace.of("dma-killed");
    assertThat(channel.actors()).containsExactly("a", "a");
    assertThat(channel.lane(1, "a")).isEqualTo("IDLE()  [sof_dma_request_channel]");
    assertThat(channel.lane(2, "a")).isEqualTo("ABORTED(verify)  [sof_dma_get_status]");
    assertThat(channel.lane(2, "b")).isEqualTo("IDLE()  []");
  }

  @Test
  void aThreadForgesTheListThatAnotherOneCopies() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("dma-oops");
    assertThat(trace.actors()).containsExactly("other thread", "caller", "caller", "caller");
    assertThat(trace.lane(3, "caller")).isEqualTo("READY() copy [sof_dma_config]");
    assertThat(trace.lane(4, "caller")).isEqualTo("ABORTED(verify)  [sof_dma_config]");
    assertThat(trace.lane(4, "other thread")).isEqualTo("IDLE()  []");
  }

  @Test
  void aThreadPutsTheReferenceThatAnotherOneHas() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("dma-handle");
    assertThat(trace.actors()).containsExactly("a", "a", "b");
    assertThat(trace.lane(1, "a")).isEqualTo("READY() returns [sof_dma_get]");
    assertThat(trace.lane(2, "a")).isEqualTo("IDLE()  [sof_dma_get]");
    assertThat(trace.lane(3, "b")).isEqualTo("IDLE()  [sof_dma_put]");
  }

  @Test
  void aMessageStopsTheFirmware() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("chain-uaf");
    assertThat(trace.actors()).containsExactly("ipc", "ipc", "ipc");
    assertThat(trace.lane(3, "ipc"))
        .isEqualTo("ABORTED(NULL dereference)  [ipc4_process_chain_dma]");
    assertThat(trace.lane(3, "ll")).isEqualTo("ABORTED(all stopped: NULL dereference)  []");
  }

  @Test
  void aTickRunsTheTaskOfAComponentThatWasReset() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("component-uaf");
    assertThat(trace.actors()).containsExactly("idc", "idc", "idc", "idc", "idc", "ll");
    assertThat(trace.lane(5, "idc")).isEqualTo("IDLE()  [comp_reset]");
    assertThat(trace.at(5).lanes()).extracting(Lane::core).containsOnly(ThreadPicture.ANY_CORE);
    assertThat(trace.lane(6, "ll")).isEqualTo("UNFOLLOWED(use after free)  [comp_task]");
  }

  @Test
  void aThreadIsMadeStartedKilledAndForgotten() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("mdom-leak");
    assertThat(trace.actors()).containsExactly("ipc", "ipc", "ipc", "ipc", "a", "ipc");
    assertThat(trace.lane(0, "a")).isEqualTo("ENDED(no task)  []");
    assertThat(trace.lane(3, "a")).isEqualTo("WAITING(its start)  []");
    assertThat(trace.lane(4, "a")).isEqualTo("IDLE()  []");
    assertThat(trace.lane(5, "a")).isEqualTo("ABORTED(protection)  []");
    assertThat(trace.lane(6, "a")).isEqualTo("ENDED(no task)  []");
    assertThat(trace.lane(6, "ipc")).isEqualTo("IDLE()  [scheduler_dp_domain_free]");
  }

  @Test
  void modulesOfTheKernelAndOfUserSpaceShareACopy() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("fast-get-page");
    assertThat(trace.actors()).containsExactly("k", "a", "a");
    assertThat(trace.at(0).lanes()).extracting(lane -> lane.mode().name()).contains("USER");
    assertThat(trace.lane(1, "k")).isEqualTo("IDLE()  [fast_get]");
    assertThat(trace.lane(3, "a")).isEqualTo("IDLE()  [fast_put]");
  }

  @Test
  void aUserThreadThatMasksInterruptsIsKilled() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("objects-mask");
    assertThat(trace.actors()).startsWith("boot", "boot", "boot").endsWith("ipc", "ipc");
    assertThat(trace.lane(3, "ipc")).isEqualTo("IDLE()  []");
    assertThat(trace.lane(4, "ll0")).isEqualTo("WAITING(its start)  []");
    assertThat(trace.lane(8, "ipc")).isEqualTo("ABORTED(protection)  [zephyr_ll_task_schedule]");
    assertThat(trace.lane(8, "ll0")).isEqualTo("IDLE()  []");
    assertThat(trace.at(8).lanes()).extracting(Lane::core).containsExactly("0", "1", "0", "0", "1");
  }

  @Test
  void aCoreIsALane() throws IOException {
    ReplayedTrace blocks = ReplayedTrace.of("cached-alias");
    assertThat(blocks.actors())
        .containsExactly("core0", "core0", "core1", "core0", "core0", "core0");
    assertThat(blocks.lane(3, "core1")).isEqualTo("IDLE()  [sof_heap_free]");
    assertThat(blocks.lane(6, "core0")).isEqualTo("IDLE()  []");
    assertThat(blocks.diagram()).contains("participant T1 as core1\n");
    ReplayedTrace region = ReplayedTrace.of("cached-region");
    assertThat(region.actors()).containsExactly("core0", "core1", "core0");
    assertThat(region.lane(2, "core1")).isEqualTo("IDLE()  [vregion_get]");
    assertThat(region.object(0, "core1 vregion").life()).isEqualTo(Life.ABSENT);
    assertThat(region.object(2, "core1 vregion").life()).isEqualTo(Life.LIVE);
  }

  @Test
  void coresLosePowerAndAreStoppedByAPointerFromBefore() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("l3-stale");
    assertThat(trace.actors()).containsSequence("core 0", "outside", "core 0", "core 0", "core 0");
    assertThat(trace.lane(5, "core 0")).isEqualTo("IDLE()  [ipc4_module_process_dx]");
    assertThat(trace.lane(6, "core 0")).isEqualTo("ENDED(without power)  []");
    assertThat(trace.lane(9, "core 0"))
        .isEqualTo("UNFOLLOWED(access outside of any block)  [lib_notif_msg_init]");
  }

  @Test
  void aHostileThreadBreaksTheHeapOfTheOthers() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("chunks-panic");
    assertThat(trace.actors()).containsExactly("hostile thread", "user thread");
    assertThat(trace.lane(2, "user thread")).isEqualTo("ABORTED(unmapped)  [sof_heap_alloc]");
    assertThat(trace.lane(2, "hostile thread")).isEqualTo("ABORTED(all stopped: unmapped)  []");
  }

  @Test
  void oneThreadAloneHasNoLanes() throws IOException {
    ReplayedTrace trace = ReplayedTrace.of("pages-table");
    assertThat(trace.replay().steps()).allMatch(step -> step.threads() == null);
    assertThat(SequenceDiagram.of(trace.recorded().trace(), trace.replay())).isNull();
  }
}
