package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who acts, waits and holds the lock in recorded counterexamples of several specs. */
class CounterexampleLanesTest {
  /** A recorded trace, and what the firmware made of it. */
  private record Replayed(RecordedTrace recorded, Replay replay) {
    static Replayed of(String name) throws IOException {
      RecordedTrace recorded =
          RecordedTrace.read(Path.of("src/test/resources/traces/" + name + ".itf.json"));
      Replay replay =
          Replayer.replay(
              recorded.trace(),
              Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE),
              true);
      assertThat(replay.reproduced()).isTrue();
      return new Replayed(recorded, replay);
    }

    ThreadPicture at(int step) {
      return Objects.requireNonNull(replay.steps().get(step).threads());
    }

    /** A thread in one line: what it does and why, its next step, its calls. */
    String lane(int step, String name) {
      Lane lane =
          at(step).lanes().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow();
      return lane.status() + "(" + lane.detail() + ") " + lane.label() + " " + lane.calls();
    }

    String owner(int step) {
      return String.valueOf(at(step).locks().get(0).owner());
    }

    List<String> actors() {
      LaneTable table = LaneTableBuilder.build(recorded.trace(), replay);
      return Objects.requireNonNull(table).rows().stream()
          .skip(1)
          .map(row -> row.actor() < 0 ? "outside" : table.columns().get(row.actor()).thread())
          .toList();
    }

    String diagram() {
      return Objects.requireNonNull(SequenceDiagram.of(recorded.trace(), replay)).text();
    }
  }

  @Test
  void theQueueOfTheEdfSchedulerOvertakesItsClient() throws IOException {
    Replayed trace = Replayed.of("edf-state");
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
    Replayed trace = Replayed.of("edf-free");
    assertThat(trace.at(7).lists().get(0).broken()).isEmpty();
    assertThat(trace.at(8).lists().get(0).broken()).isEqualTo("leads into dead memory");
    assertThat(trace.lane(9, "edf")).startsWith("ABORTED(unmapped)");
    assertThat(trace.lane(9, "ipcx0")).startsWith("ABORTED(all stopped: unmapped)");
  }

  @Test
  void systemCallsAboutTasksMeetInTheList() throws IOException {
    Replayed trace = Replayed.of("task-race");
    assertThat(trace.actors())
        .containsExactly("a", "b", "a", "b", "a", "a", "a", "a", "a", "b", "a", "b");
    assertThat(trace.lane(5, "a")).isEqualTo("READY() link [zephyr_ll_task_sem_alloc]");
    assertThat(trace.lane(9, "a")).isEqualTo("READY() unlink [zephyr_ll_task_sem_free]");
    assertThat(trace.owner(10)).isEqualTo("null");
    assertThat(trace.at(6).lists().get(0).items()).hasSize(1);
    assertThat(trace.lane(12, "b")).startsWith("ABORTED(all stopped: unmapped)");
    assertThat(trace.diagram()).contains("T0->>L0: semaphore 1 gone");
  }

  @Test
  void aTickWaitsForTheLockOfItsCore() throws IOException {
    RecordedTrace recorded = Replayed.of("task-race").recorded();
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
    Replayed trace = Replayed.of("module-teardown");
    assertThat(trace.actors()).containsExactly("a", "b", "a", "b", "b", "a", "a", "b");
    assertThat(trace.owner(5)).isEqualTo("null");
    assertThat(trace.owner(6)).isEqualTo("a");
    assertThat(trace.lane(6, "a")).isEqualTo("READY() take [mod_alloc_ext]");
    assertThat(trace.lane(6, "b")).isEqualTo("READY() reset [mod_free_all]");
    assertThat(trace.diagram()).contains("T1->>T1: 8 Reset(b)");
  }

  @Test
  void twoThreadsAreInTheVirtualHeapWithoutItsMutex() throws IOException {
    Replayed trace = Replayed.of("vmh-unlocked");
    assertThat(trace.actors()).containsExactly("p", "q", "p");
    assertThat(trace.owner(2)).isEqualTo("null");
    assertThat(trace.lane(2, "p")).isEqualTo("READY() map [vmh_alloc]");
    assertThat(trace.lane(2, "q")).isEqualTo("READY() map [vmh_alloc]");
    assertThat(trace.lane(3, "p")).isEqualTo("IDLE()  []");
    assertThat(trace.diagram()).contains("participant T1 as q, core any");
  }

  @Test
  void theMutexOfTheVirtualHeapIsHeldThroughACall() throws IOException {
    RecordedTrace recorded = Replayed.of("vmh-unlocked").recorded();
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
  void oneThreadAloneHasNoLanes() throws IOException {
    Replayed trace = Replayed.of("task-forged");
    assertThat(trace.replay().steps()).allMatch(step -> step.threads() == null);
    assertThat(SequenceDiagram.of(trace.recorded().trace(), trace.replay())).isNull();
  }
}
