package io.ringfence.firmware.chain;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Cpu;
import java.util.Set;

/**
 * The component: SOF {@code src/audio/chain_dma.c}, 12dd726529. Its channels start and stop without
 * errors.
 */
final class ChainDma {
  /** {@code SOF_TASK_PRI_HIGH}. */
  private static final int HIGH = 0;

  private static final Set<Integer> STARTABLE =
      Set.of(Task.STATE_INIT, Task.STATE_COMPLETED, Task.STATE_FREE);

  private final Design design;
  private final ChainBoard board;
  private final Cpu cpu;
  private final SofHeap heap;

  ChainDma(Design design, ChainBoard board) {
    this.design = design;
    this.board = board;
    this.cpu = board.cpu();
    this.heap = board.ll().machine().sofHeap();
  }

  /** {@code chain_task_create()}, which returns the component. */
  int create() {
    int cd = heap.rzalloc(MemFlags.USER, ChainDmaData.STRUCT.size());
    if (cd != 0) {
      cpu.store(Task.STATE, task(cd), Task.STATE_INIT);
    }
    return cd;
  }

  /** {@code chain_task_free(dev)}. */
  void free(int cd) {
    heap.rfree(cd);
  }

  private static int task(int cd) {
    return ChainDmaData.CHAIN_TASK.in(cd);
  }

  /** {@code chain_task_start(dev)}. */
  int start(int cd) {
    int task = task(cd);
    int state = cpu.load(Task.STATE, task);
    if (state == Task.STATE_QUEUED) {
      return 0;
    }
    if (!STARTABLE.contains(state)) {
      return -Errno.EINVAL;
    }
    if (state == Task.STATE_FREE && design.has(Fix.FREE_COMPLETED_CHAIN)) {
      pause(cd);
    }
    runChannels(true);
    int ret = board.client().taskInit(task, HIGH, cd);
    if (ret < 0) {
      runChannels(false);
      return ret;
    }
    ret = call(ScheduleOperation.SCHEDULE, task);
    if (ret < 0) {
      taskFree(task);
      runChannels(false);
      return ret;
    }
    board.set(ChainBoard.POWER_LOCK, board.get(ChainBoard.POWER_LOCK) + 1);
    return 0;
  }

  /** {@code chain_task_pause(dev)}. */
  int pause(int cd) {
    int task = task(cd);
    if (isPaused(task)) {
      return 0;
    }
    cpu.store(ChainDmaData.FIRST_DATA_RECEIVED, cd, 0);
    runChannels(false);
    taskFree(task);
    board.set(ChainBoard.POWER_LOCK, board.get(ChainBoard.POWER_LOCK) - 1);
    return 0;
  }

  private boolean isPaused(int task) {
    return design.has(Fix.FREE_COMPLETED_CHAIN)
        ? cpu.load(Task.PRIV_DATA, task) == 0
        : cpu.load(Task.STATE, task) == Task.STATE_FREE;
  }

  /** Upstream nobody looks at what this returns. */
  private void taskFree(int task) {
    call(ScheduleOperation.FREE, task);
  }

  /** Ticks that come meanwhile find no error: {@code chain_task_run()}. */
  private int call(ScheduleOperation operation, int task) {
    return board.client().call(operation, task, cd -> Task.STATE_RESCHEDULE);
  }

  private void runChannels(boolean run) {
    board.set(ChainBoard.HOST_CHANNEL, run ? 1 : 0);
    board.set(ChainBoard.LINK_CHANNEL, run ? 1 : 0);
  }
}
