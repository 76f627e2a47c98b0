package io.ringfence.firmware.component;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.List;

/** What a debugger sees of a component, and of the tasks that were made for components. */
public final class ComponentView {
  /** {@link #state} of a component that is not prepared. */
  public static final int READY = CompDev.STATE_READY;

  /** {@link #state} of a component that is prepared. */
  public static final int PREPARE = CompDev.STATE_PREPARE;

  /** {@link #state} of a component that runs. */
  public static final int ACTIVE = CompDev.STATE_ACTIVE;

  private final ComponentBoard board;
  private final Ram ram;

  ComponentView(ComponentBoard board) {
    this.board = board;
    this.ram = board.ram();
  }

  /** Where the component lies, or 0. */
  public int component() {
    return board.get(ComponentBoard.COMPONENT);
  }

  /** {@code dev->state}, 0 without a component. */
  public int state() {
    return component() == 0 ? 0 : ram.load16(CompDev.STATE.in(component()));
  }

  /** Where {@code dev->task} leads, or 0. */
  public int task() {
    return ofComponent(CompDev.TASK);
  }

  /** Where {@code dev->mod} leads, or 0. */
  public int module() {
    return ofComponent(CompDev.MOD);
  }

  /** Where {@code mod->input_buffers} leads, or 0. */
  public int inputBuffers() {
    return module() == 0 ? 0 : ram.load32(ProcessingModule.INPUT_BUFFERS.in(module()));
  }

  /** Whether what a pointer leads to is allocated. */
  public boolean isAllocated(int address) {
    ShadowState state = ram.shadow().state(address);
    return state == ShadowState.LIVE || state == ShadowState.UNINITIALIZED;
  }

  private int ofComponent(Field field) {
    return component() == 0 ? 0 : ram.load32(field.in(component()));
  }

  /** The state of a task, as a number of {@link Task}. */
  public int stateOf(int task) {
    return ram.load32(Task.STATE.in(task));
  }

  /** What a task's callback gets: a component, or where one was. */
  public int dataOf(int task) {
    return ram.load32(Task.DATA.in(task));
  }

  /** Whether the scheduler has a task, or 0, in a list; not one that it never had, all zero. */
  public boolean isListed(int task) {
    if (task == 0) {
      return false;
    }
    int item = Task.LIST.in(task);
    int next = ram.load32(ListItem.NEXT.in(item));
    return next != 0 && next != item;
  }

  /** The tasks that are allocated and that the component does not lead to. */
  public List<Integer> lost() {
    return board.tasks().stream().filter(task -> task != task()).toList();
  }

  /** How many of them the scheduler has in a list. */
  public int orphans() {
    return (int) lost().stream().filter(this::isListed).count();
  }

  /**
   * What the last message came to: 0, an error below it, {@link ComponentFirmware#NONE}, {@link
   * ComponentFirmware#FAULT} or {@link ComponentFirmware#INVALID_FREE}.
   */
  public int result() {
    return board.get(ComponentBoard.RESULT);
  }

  /** Where the words of the board are. */
  public int board() {
    return board.address();
  }
}
