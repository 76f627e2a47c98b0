package io.ringfence.firmware.edf;

import static io.ringfence.firmware.edf.EdfBoard.A;
import static io.ringfence.firmware.edf.EdfBoard.B;
import static io.ringfence.firmware.edf.EdfBoard.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The EDF scheduler and its work queue driven by hand. */
class EdfFirmwareTest {
  private final EdfBoard board = new EdfBoard(false);

  @Test
  void whatIsDueFirstRunsFirstAndEqualTimesInTheOrderOfArrival() {
    board.schedule(A, 300);
    board.schedule(B, 100);
    board.schedule(C, 100);
    assertThat(board.delayed()).containsExactly(B, C, A);
    for (int task : new int[] {B, C, A}) {
      board.edf.expire();
      assertThat(board.run()).isEqualTo(task);
      assertThat(board.state(task)).isEqualTo(Task.STATE_RUNNING);
      assertThat(board.returnFromRun(Task.STATE_COMPLETED)).isEqualTo(-1);
      assertThat(board.state(task)).isEqualTo(Task.STATE_COMPLETED);
    }
    assertThat(board.edf.now()).isEqualTo(300);
    assertThat(board.edf.expire()).isFalse();
  }

  @Test
  void aTaskThatGoesOnIsDueAtItsDeadline() {
    board.edf.setDeadline(5_000_000_000L, false);
    board.schedule(A, 0);
    assertThat(board.pending()).containsExactly(A);
    assertThat(board.run()).isEqualTo(A);
    board.returnFromRun(Task.STATE_RESCHEDULE);
    assertThat(board.state(A)).isEqualTo(Task.STATE_QUEUED);
    assertThat(board.edf.due(board.edf.delayed().get(0))).isEqualTo(5_000_000_000L);
  }

  @ParameterizedTest(name = "deadline {0} at {1}: due at {2}")
  @CsvSource({"-2, 100, 101", "-1, 100, 101", "-2, 0, 1"})
  void anIdleDeadlineIsDueAtOnce(long deadline, int now, long due) {
    if (now > 0) {
      board.schedule(B, now);
      board.edf.expire();
      board.run();
      board.returnFromRun(Task.STATE_COMPLETED);
    }
    board.edf.setDeadline(deadline, false);
    board.schedule(A, 0);
    board.run();
    board.returnFromRun(Task.STATE_RESCHEDULE);
    assertThat(board.delayed()).containsExactly(A);
    assertThat(board.edf.due(board.edf.delayed().get(0))).isEqualTo(due);
  }

  @Test
  void anIdleDeadlineAtTheVeryBeginningIsNeverDue() {
    board.edf.setDeadline(-1, false);
    board.schedule(A, 0);
    board.run();
    board.returnFromRun(Task.STATE_RESCHEDULE);
    assertThat(board.state(A)).isEqualTo(Task.STATE_QUEUED);
    assertThat(board.edf.expire()).isFalse();
    assertThat(board.pending()).isEmpty();
  }

  @Test
  void aTaskInTheQueueThatIsScheduledAgainWithADelayRunsTwice() {
    board.schedule(A, 0);
    board.schedule(A, 500);
    assertThat(board.pending()).containsExactly(A);
    assertThat(board.delayed()).containsExactly(A);
    assertThat(board.run()).isEqualTo(A);
    board.returnFromRun(Task.STATE_COMPLETED);
    assertThat(board.state(A)).isEqualTo(Task.STATE_COMPLETED);
    board.edf.expire();
    assertThat(board.run()).isEqualTo(A);
  }

  @Test
  void byTheClockATaskWithoutDelayCanStillBeMoved() {
    EdfBoard clock = new EdfBoard(true);
    clock.schedule(A, 0);
    clock.schedule(B, 100);
    clock.schedule(A, 500);
    assertThat(clock.pending()).isEmpty();
    assertThat(clock.delayed()).containsExactly(B, A);
  }

  @Test
  void aTaskThatIsInitializedWhileItIsQueuedDisconnectsTheWholeQueue() {
    board.schedule(A, 0);
    board.schedule(B, 0);
    board.call(ScheduleOperation.FREE, A);
    board.init(A);
    assertThat(board.pending()).as("B is lost").containsExactly(A);
    assertThat(board.run()).isEqualTo(A);
    board.returnFromRun(Task.STATE_COMPLETED);
    board.schedule(C, 0);
    assertThat(board.state(C)).isEqualTo(Task.STATE_QUEUED);
    assertThat(board.run()).as("nothing ever runs again").isEqualTo(-1);
    assertThat(board.pending()).isEmpty();
  }

  @Test
  void aTaskThatIsInitializedWhileItWaitsForItsTimeFaultsInTheTimersInterrupt() {
    board.schedule(A, 100);
    board.call(ScheduleOperation.FREE, A);
    board.init(A);
    assertThatThrownBy(board.edf::expire)
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.NULL_DEREFERENCE));
  }

  @Test
  void aFreedTaskStaysInTheQueueWithoutItsCallback() {
    board.schedule(A, 0);
    assertThat(board.call(ScheduleOperation.FREE, A)).isZero();
    assertThat(board.pending()).containsExactly(A);
    assertThatThrownBy(board::run)
        .isInstanceOf(KernelAssert.class)
        .hasMessage("the task must have a callback");
  }

  @Test
  void aQueuedTaskThatIsMarkedRunningIsNotCancelled() {
    board.schedule(A, 0);
    board.call(ScheduleOperation.RUNNING, A);
    assertThat(board.call(ScheduleOperation.CANCEL, A)).isZero();
    assertThat(board.pending()).containsExactly(A);
    assertThat(board.state(A)).isEqualTo(Task.STATE_RUNNING);
  }

  @Test
  void aCancelTakesTheTaskOutOfEitherList() {
    for (int task : new int[] {A, B, C}) {
      board.schedule(task, 0);
    }
    board.call(ScheduleOperation.CANCEL, B);
    assertThat(board.pending()).containsExactly(A, C);
    board.call(ScheduleOperation.CANCEL, C);
    board.schedule(B, 0);
    assertThat(board.pending()).containsExactly(A, B);
    board.call(ScheduleOperation.CANCEL, A);
    board.call(ScheduleOperation.CANCEL, B);
    assertThat(board.pending()).isEmpty();
    board.schedule(A, 10);
    board.call(ScheduleOperation.CANCEL, A);
    assertThat(board.delayed()).isEqualTo(List.of());
    assertThat(board.state(A)).isEqualTo(Task.STATE_CANCEL);
  }
}
