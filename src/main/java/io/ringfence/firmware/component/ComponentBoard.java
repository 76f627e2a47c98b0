package io.ringfence.firmware.component;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.client.LlClient;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/** The core that a component runs on: its LL scheduler, and the thread that handles messages. */
final class ComponentBoard {
  private static final int MOST_TASKS = 8;
  private static final int WORD = 4;

  private static final Struct.Builder LAYOUT = Struct.define("board");

  /** The only element of the IPC's list of components: the component, or 0. */
  static final Field COMPONENT = LAYOUT.pointer("comp_list");

  /** What the last message came to. */
  static final Field RESULT = LAYOUT.s32("result");

  /** Trace buffer: the tasks that are allocated. */
  private static final Field TRACE = LAYOUT.words("trace", MOST_TASKS);

  private static final Struct STRUCT = LAYOUT.build();

  private static final String PDATA = "pdata";

  private final LlClient client;
  private final int at;
  private boolean failsPrivateData;

  ComponentBoard(Design design) {
    this.client =
        new LlClient(
            design,
            false,
            new Tracing() {
              @Override
              public boolean failsAllocation(String what, int subject) {
                return what.equals(PDATA) && failsPrivateData;
              }
            });
    this.at = heap().rzalloc(MemFlags.KERNEL | MemFlags.COHERENT, STRUCT.size());
  }

  LlClient client() {
    return client;
  }

  Ram ram() {
    return client.ram();
  }

  Cpu cpu() {
    return client.cpu();
  }

  SofHeap heap() {
    return client.ll().machine().sofHeap();
  }

  /** Decides whether there is memory for private data of a task. */
  void failPrivateData(boolean fail) {
    failsPrivateData = fail;
  }

  int get(Field field) {
    return ram().load32(field.in(at));
  }

  void set(Field field, int value) {
    ram().store32(field.in(at), value);
  }

  /** Where the words of the board are. */
  int address() {
    return at;
  }

  /** Allocates a task, which is not initialized; 0 if there is no memory. */
  int allocTask() {
    int task = heap().rmalloc(MemFlags.USER, Task.STRUCT.size());
    if (task != 0) {
      replace(0, task);
    }
    return task;
  }

  /** Frees the memory of a task. */
  void freeTask(int task) {
    heap().rfree(task);
    replace(task, 0);
  }

  private void replace(int from, int to) {
    for (int slot = TRACE.in(at); slot < TRACE.in(at) + MOST_TASKS * WORD; slot += WORD) {
      if (ram().load32(slot) == from) {
        ram().store32(slot, to);
        return;
      }
    }
    throw new IllegalStateException("the trace buffer of tasks is full");
  }

  /** The tasks that are allocated. */
  List<Integer> tasks() {
    List<Integer> tasks = new ArrayList<>();
    for (int slot = TRACE.in(at); slot < TRACE.in(at) + MOST_TASKS * WORD; slot += WORD) {
      if (ram().load32(slot) != 0) {
        tasks.add(ram().load32(slot));
      }
    }
    return tasks;
  }
}
