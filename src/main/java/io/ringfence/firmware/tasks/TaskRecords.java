package io.ringfence.firmware.tasks;

import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernel's list of the semaphores that it made for LL tasks ({@code zephyr_ll_task_sem_list},
 * SOF src/schedule/zephyr_ll.c, 12dd726529), and the semaphores themselves: dynamic kernel objects,
 * of which there is a fixed number.
 */
public final class TaskRecords {
  private static final Struct.Builder RECORD_LAYOUT = Struct.define("zephyr_ll_task_sem");
  private static final Field TASK = RECORD_LAYOUT.pointer("task");
  private static final Field SEM = RECORD_LAYOUT.pointer("sem");
  private static final Field LINK = RECORD_LAYOUT.struct("list", ListItem.STRUCT);
  private static final Struct RECORD = RECORD_LAYOUT.build();

  private static final Struct.Builder SEM_LAYOUT = Struct.define("k_sem");

  /** How often a semaphore can be taken. */
  static final Field COUNT = SEM_LAYOUT.u32("count");

  private static final Field LIMIT = SEM_LAYOUT.u32("limit");

  /** Whether the object is allocated. */
  private static final Field USED = SEM_LAYOUT.u32("used");

  /** A semaphore. */
  static final Struct SEMAPHORE = SEM_LAYOUT.build();

  private final Cpu cpu;
  private final SofHeap heap;
  private final int head;
  private final int objects;
  private final int count;

  /**
   * Makes an empty list.
   *
   * @param head address of the list head
   * @param objects address of so many kernel objects
   */
  TaskRecords(Cpu cpu, SofHeap heap, int head, int objects, int count) {
    this.cpu = cpu;
    this.heap = heap;
    this.head = head;
    this.objects = objects;
    this.count = count;
    ListItem.init(cpu, head);
  }

  /** Makes a record and its semaphore, not linked yet; 0 if there is no memory or no object. */
  int make() {
    int ts = heap.rmalloc(MemFlags.COHERENT, RECORD.size());
    if (ts == 0) {
      return 0;
    }
    int object = allocObject();
    if (object == 0) {
      heap.rfree(ts);
      return 0;
    }
    cpu.store(COUNT, object, 0);
    cpu.store(LIMIT, object, 1);
    cpu.store(SEM, ts, object);
    return ts;
  }

  /** {@code k_object_alloc(K_OBJ_SEM)}. */
  private int allocObject() {
    for (int i = 0; i < count; i++) {
      int object = objects + i * SEMAPHORE.size();
      if (cpu.load(USED, object) == 0) {
        cpu.store(USED, object, 1);
        return object;
      }
    }
    return 0;
  }

  /** The semaphore of a record. */
  int semaphore(int ts) {
    return cpu.load(SEM, ts);
  }

  void setTask(int ts, int task) {
    cpu.store(TASK, ts, task);
  }

  /** The last node of the list, or its head: the load of {@code list_item_append}. */
  int tail() {
    return ListItem.prev(cpu, head);
  }

  /** The stores of {@code list_item_append}, behind the node that was the last one. */
  void link(int ts, int tail) {
    int item = LINK.in(ts);
    cpu.store(ListItem.NEXT, tail, item);
    cpu.store(ListItem.NEXT, item, head);
    cpu.store(ListItem.PREV, item, tail);
    cpu.store(ListItem.PREV, head, item);
  }

  /** The first record of a task, or 0. */
  int find(int task) {
    for (int item = ListItem.next(cpu, head); item != head; item = ListItem.next(cpu, item)) {
      int ts = LINK.container(item);
      if (cpu.load(TASK, ts) == task) {
        return ts;
      }
    }
    return 0;
  }

  /** Unlinks a record, and frees it and its semaphore. */
  void free(int ts) {
    ListItem.delete(cpu, LINK.in(ts));
    cpu.store(USED, cpu.load(SEM, ts), 0);
    heap.rfree(ts);
  }

  /** How many semaphores are allocated. */
  int allocated() {
    int allocated = 0;
    for (int i = 0; i < count; i++) {
      allocated += isAllocated(i) ? 1 : 0;
    }
    return allocated;
  }

  // What a debugger reads.

  /** The number of semaphores. */
  public int count() {
    return count;
  }

  /** Whether a semaphore is allocated. */
  public boolean isAllocated(int index) {
    return cpu.ram().load32(USED.in(objects + index * SEMAPHORE.size())) != 0;
  }

  /** Which semaphore a handle is, counted from 1, or 0 for none. */
  public int number(int handle) {
    return handle == 0 ? 0 : (handle - objects) / SEMAPHORE.size() + 1;
  }

  /** The records, in the order of the list. */
  public List<Integer> records() {
    List<Integer> records = new ArrayList<>();
    int item = cpu.ram().load32(ListItem.NEXT.in(head));
    while (item != head) {
      records.add(LINK.container(item));
      item = cpu.ram().load32(ListItem.NEXT.in(item));
    }
    return records;
  }

  /** The task of a record. */
  public int taskOf(int ts) {
    return cpu.ram().load32(TASK.in(ts));
  }

  /** The semaphore of a record, counted from 1. */
  public int semaphoreOf(int ts) {
    return number(cpu.ram().load32(SEM.in(ts)));
  }

  /** The semaphore, counted from 1, of the record that a node of the list is in; 0 for the head. */
  public int semaphoreAt(int item) {
    return item == head ? 0 : semaphoreOf(LINK.container(item));
  }
}
