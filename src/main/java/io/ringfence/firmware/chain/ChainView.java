package io.ringfence.firmware.chain;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.ll.SemRecord;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.List;

/** What a debugger sees of a chain, and of what the kernel keeps for it. */
public final class ChainView {
  /**
   * A record of a semaphore.
   *
   * @param own whether it is the semaphore of the chain's task
   */
  public record Entry(int address, int task, int semaphore, boolean own) {}

  private final ChainBoard board;
  private final Ram ram;

  ChainView(ChainBoard board) {
    this.board = board;
    this.ram = board.ram();
  }

  /** Where the chain lies, or 0. */
  public int chain() {
    return board.get(ChainBoard.COMPONENT);
  }

  /** The size of a chain. */
  public int chainBytes() {
    return ChainDmaData.STRUCT.size();
  }

  /** The task's state, as a number of {@link Task}. */
  public int state() {
    return ofTask(Task.STATE);
  }

  /** What the task's {@code priv_data} is. */
  public int privateData() {
    return ofTask(Task.PRIV_DATA);
  }

  /** What the task's {@code sch} is. */
  public int scheduler() {
    return ofTask(Task.SCH);
  }

  private int ofTask(Field field) {
    return chain() == 0 ? 0 : ram.load32(field.in(ChainDmaData.CHAIN_TASK.in(chain())));
  }

  /** Whether the scheduler has the task in its list. */
  public boolean isScheduled() {
    return state() == Task.STATE_QUEUED || state() == Task.STATE_RUNNING;
  }

  /** How many private data of tasks are allocated. */
  public int privateDataCount() {
    return board.trace().privateData();
  }

  /** The records of semaphores, followed by pointer. */
  public List<Entry> records() {
    int own = privateData() == 0 ? 0 : ram.load32(LlPdata.SEM_P.in(privateData()));
    List<Entry> records = new ArrayList<>();
    int head = board.ll().machine().address("zephyr_ll_task_sem_list");
    for (int item = ram.load32(ListItem.NEXT.in(head));
        item != head;
        item = ram.load32(ListItem.NEXT.in(item))) {
      int record = SemRecord.LIST.container(item);
      int semaphore = ram.load32(SemRecord.SEM.in(record));
      int task = ram.load32(SemRecord.TASK.in(record));
      records.add(new Entry(record, task, semaphore, semaphore == own));
    }
    return records;
  }

  /** Whether the DMA channels run. */
  public boolean isDmaRunning() {
    return board.get(ChainBoard.HOST_CHANNEL) != 0 || board.get(ChainBoard.LINK_CHANNEL) != 0;
  }

  /** How often the lock on power states is taken. */
  public int powerLock() {
    return board.get(ChainBoard.POWER_LOCK);
  }

  /**
   * What the last message came to: 0, an error below it, {@link ChainFirmware#NONE} or {@link
   * ChainFirmware#FAULT}.
   */
  public int result() {
    return board.get(ChainBoard.RESULT);
  }

  /** Where the words of the board are. */
  public int board() {
    return board.address();
  }
}
