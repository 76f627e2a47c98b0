package io.ringfence.firmware.ll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The LL scheduler driven by hand, one task and one client. */
class LlFirmwareTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPeriodicTaskRunsInEachTickAndGoesBackToTheList(boolean user) {
    LlBoard board = new LlBoard(user);
    board.boot();
    board.call(ScheduleOperation.SCHEDULE);
    for (int tick = 0; tick < 3; tick++) {
      board.tick();
      assertTrue(board.inCallback());
      board.returnFromCallback(Task.STATE_RESCHEDULE);
      assertEquals(Task.STATE_RUNNING, board.taskState());
      assertEquals(1, board.tasksOnList());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFreeOfATaskThatRanWaitsForTheTick(boolean user) {
    LlBoard board = new LlBoard(user);
    board.boot();
    board.call(ScheduleOperation.SCHEDULE);
    board.tick();
    board.returnFromCallback(Task.STATE_RESCHEDULE);
    board.begin(ScheduleOperation.FREE);
    board.run(board.client);
    assertEquals(ThreadState.PENDING, KThread.state(board.firmware.ram(), board.client));
    board.tick();
    board.returnFromCallback(Task.STATE_RESCHEDULE);
    board.run(board.client);
    assertTrue(board.firmware.kernel().isIdle(board.client));
    assertEquals(Task.STATE_FREE, board.taskState());
    assertEquals(0, board.tasksOnList());
    assertEquals(user, board.llThreadLives());
  }

  @Test
  void aTaskThatIsFreedBehindTheBackOfItsCallbackIsUsedAfterItsEnd() {
    LlBoard board = new LlBoard(false);
    board.boot();
    board.call(ScheduleOperation.SCHEDULE);
    board.other();
    board.tick();
    board.call(ScheduleOperation.CANCEL);
    board.call(ScheduleOperation.SCHEDULE);
    board.call(ScheduleOperation.FREE);
    MemoryFault fault =
        assertThrows(MemoryFault.class, () -> board.returnFromCallback(Task.STATE_RESCHEDULE));
    assertEquals(FaultKind.USE_AFTER_FREE, fault.kind());
  }

  @Test
  void aFreeOfTheOnlyTaskEndsTheThreadInItsCallback() {
    LlBoard board = new LlBoard(false);
    board.boot();
    board.call(ScheduleOperation.SCHEDULE);
    board.tick();
    board.call(ScheduleOperation.CANCEL);
    board.call(ScheduleOperation.SCHEDULE);
    board.call(ScheduleOperation.FREE);
    assertFalse(board.llThreadLives());
  }
}
