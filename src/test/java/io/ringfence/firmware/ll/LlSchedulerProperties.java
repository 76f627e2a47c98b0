package io.ringfence.firmware.ll;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Variant;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random schedules of one client, against a list and a state for each task. */
class LlSchedulerProperties {
  private static final int TASKS = 5;
  private static final int CALLS = 150;

  /** What ought to happen. */
  private static final class Expected {
    final List<Integer> list = new ArrayList<>();
    final int[] state = new int[TASKS];
    final int[] priority = new int[TASKS];

    void schedule(int task) {
      if (!list.contains(task)) {
        int at = 0;
        while (at < list.size() && priority[list.get(at)] <= priority[task]) {
          at++;
        }
        list.add(at, task);
        state[task] = Task.STATE_QUEUED;
      } else if (state[task] == Task.STATE_CANCEL) {
        state[task] = Task.STATE_QUEUED;
      }
    }

    void cancel(int task) {
      if (list.contains(task)) {
        state[task] = Task.STATE_CANCEL;
      }
    }

    void remove(int task) {
      list.remove((Integer) task);
      state[task] = Task.STATE_FREE;
    }
  }

  @Property(tries = 60)
  void theMergedSchedulerDoesAsAListDoesAsLongAsNobodyInterferes(
      @ForAll boolean user, @ForAll long seed) {
    run(user, Variant.MERGED, new Random(seed));
  }

  @Property(tries = 60)
  void theHardenedSchedulerDoesThatToo(@ForAll boolean user, @ForAll long seed) {
    run(user, Variant.HARDENED, new Random(seed));
  }

  private static void run(boolean user, Variant variant, Random random) {
    LlBoard board = new LlBoard(user, variant, TASKS);
    Expected expected = new Expected();
    for (int task = 0; task < TASKS; task++) {
      expected.priority[task] = random.nextInt(-1, 3);
    }
    board.boot(expected.priority);
    for (int call = 0; call < CALLS; call++) {
      int task = random.nextInt(TASKS);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          board.call(ScheduleOperation.SCHEDULE, task);
          expected.schedule(task);
        }
        case 2 -> {
          board.call(ScheduleOperation.CANCEL, task);
          expected.cancel(task);
        }
        case 3 -> free(board, expected, random, task);
        default -> tick(board, expected, random);
      }
      assertThat(board.list()).isEqualTo(expected.list);
      assertThat(board.tasksOnList()).isEqualTo(expected.list.size());
      for (int other = 0; other < TASKS; other++) {
        assertThat(board.taskState(other)).isEqualTo(expected.state[other]);
      }
    }
  }

  /** A free that waits ends with the next tick; then the client uses the task again. */
  private static void free(LlBoard board, Expected expected, Random random, int task) {
    board.firmware.operate(board.client, ScheduleOperation.FREE, board.firmware.task(task), 0);
    board.run(board.client);
    if (KThread.state(board.firmware.ram(), board.client) == ThreadState.PENDING) {
      board.tick();
      while (board.inCallback()) {
        int current = board.current();
        boolean completes = random.nextInt(4) == 0;
        board.returnFromCallback(completes ? Task.STATE_COMPLETED : Task.STATE_RESCHEDULE);
        if (completes || current == task) {
          expected.remove(current);
        } else if (expected.list.contains(current)) {
          expected.state[current] = Task.STATE_RUNNING;
        }
      }
      reap(expected);
      board.run(board.client);
    }
    assertThat(board.firmware.kernel().isIdle(board.client)).isTrue();
    expected.list.remove((Integer) task);
    board.init(task, expected.priority[task]);
    expected.state[task] = Task.STATE_INIT;
  }

  private static void tick(LlBoard board, Expected expected, Random random) {
    List<Integer> order = new ArrayList<>(expected.list);
    order.removeIf(task -> expected.state[task] == Task.STATE_CANCEL);
    reap(expected);
    if (board.llThreadMade() && board.llThreadLives()) {
      board.tick();
    }
    List<Integer> ran = new ArrayList<>();
    while (board.llThreadMade() && board.llThreadLives() && board.inCallback()) {
      int task = board.current();
      ran.add(task);
      boolean completes = random.nextInt(4) == 0;
      expected.state[task] = Task.STATE_RUNNING;
      if (completes) {
        expected.remove(task);
      }
      board.returnFromCallback(completes ? Task.STATE_COMPLETED : Task.STATE_RESCHEDULE);
    }
    assertThat(ran).isEqualTo(order);
  }

  /** Tasks that were cancelled go in the tick. */
  private static void reap(Expected expected) {
    for (int task = 0; task < TASKS; task++) {
      if (expected.state[task] == Task.STATE_CANCEL) {
        expected.remove(task);
      }
    }
  }
}
