package io.ringfence.binding.component;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.component.ComponentView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the component, its module and its buffers, and the tasks that were made for components. */
final class ComponentPicture {
  private static final String COMPONENT = "component";
  private static final String MODULE = "module";
  private static final String BUFFERS = "input buffers";
  private static final String TASK = "task";

  private final ComponentView view;
  private final boolean isFreed;

  private ComponentPicture(ComponentView view) {
    this.view = view;
    this.isFreed = ComponentNames.buffers(view).equals("freed");
  }

  static MemoryPicture draw(ComponentView view) {
    ComponentPicture picture = new ComponentPicture(view);
    MemoryObject board =
        picture.object(
            "board",
            "IPC",
            view.board(),
            Life.LIVE,
            List.of(word("last message", ComponentNames.result(view), null)));
    return new MemoryPicture(
        List.of(
            new MemoryPicture.Region("system heap", 0, 0, UserAccess.NONE, picture.allocated()),
            new MemoryPicture.Region("kernel data", 0, 0, UserAccess.NONE, List.of(board))));
  }

  private List<MemoryObject> allocated() {
    List<MemoryObject> objects = new ArrayList<>();
    if (view.component() != 0) {
      objects.add(component());
    }
    if (view.module() != 0) {
      Word input = pointer("input_buffers", view.inputBuffers(), BUFFERS);
      Word said = isFreed ? input.astray() : input;
      objects.add(
          object(MODULE, "struct processing_module", view.module(), Life.LIVE, List.of(said)));
    }
    if (view.inputBuffers() != 0) {
      Life life = isFreed ? Life.FREE : Life.LIVE;
      objects.add(
          object(BUFFERS, "struct input_stream_buffer", view.inputBuffers(), life, List.of()));
    }
    if (view.task() != 0) {
      objects.add(task(TASK, view.task()));
    }
    List<Integer> lost = view.lost();
    for (int i = 0; i < lost.size(); i++) {
      objects.add(task("lost task " + (i + 1), lost.get(i)));
    }
    return objects;
  }

  private MemoryObject component() {
    return object(
        COMPONENT,
        "struct comp_dev",
        view.component(),
        Life.LIVE,
        List.of(
            word("state", ComponentNames.component(view), null),
            pointer("task", view.task(), TASK),
            pointer("mod", view.module(), MODULE)));
  }

  private MemoryObject task(String name, int task) {
    int data = view.dataOf(task);
    boolean leads = data != 0 && data == view.component();
    Word of = word("data", leads ? "the component" : hex(data), leads ? COMPONENT : null);
    boolean isLost = task != view.task();
    return object(
        name,
        "struct task",
        task,
        Life.LIVE,
        List.of(
            word("state", ComponentNames.task(view, task), null),
            word(
                "list", view.isListed(task) ? "in the scheduler's list" : "linked to itself", null),
            isLost && view.isListed(task) ? of.astray() : of));
  }

  private MemoryObject object(
      String name, String struct, int address, Life life, List<Word> words) {
    return new MemoryObject(name, struct, Integer.toUnsignedLong(address), 0, life, false, words);
  }

  private static Word pointer(String field, int value, String target) {
    return value == 0 ? word(field, "NULL", null) : word(field, target, target);
  }

  private static Word word(String field, String value, @Nullable String target) {
    return new Word(field, value, target, false);
  }

  private static String hex(int address) {
    return String.format("0x%08x", address);
  }
}
