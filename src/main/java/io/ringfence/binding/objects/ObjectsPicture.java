package io.ringfence.binding.objects;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.objects.Handle;
import io.ringfence.firmware.objects.ObjectsMachine;
import io.ringfence.firmware.objects.UserThreads.Name;
import java.util.ArrayList;
import java.util.List;

/** Draws the kernel objects, the threads, and the handles in user memory. */
final class ObjectsPicture {
  private final ObjectsMachine machine;

  private ObjectsPicture(ObjectsMachine machine) {
    this.machine = machine;
  }

  static MemoryPicture draw(ObjectsMachine machine) {
    ObjectsPicture picture = new ObjectsPicture(machine);
    return new MemoryPicture(
        List.of(
            region("kernel objects", UserAccess.NONE, picture.objects(false)),
            region("threads", UserAccess.NONE, picture.threads()),
            region("ll_user_heap", UserAccess.WRITE, picture.userMemory())));
  }

  private static MemoryPicture.Region region(
      String name, UserAccess access, List<MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, access, objects);
  }

  /** The objects that handles lead to, in kernel memory or in user memory. */
  private List<MemoryObject> objects(boolean inUserMemory) {
    List<MemoryObject> objects = new ArrayList<>();
    for (Handle handle : Handle.values()) {
      String target = ObjectsBinding.target(machine, handle);
      if (!target.equals("none") && target.equals("user") == inUserMemory) {
        Word permitted = new Word("may use it", permitted(handle), null, false);
        objects.add(
            new MemoryObject(
                named(handle),
                "k_" + ObjectsBinding.name(handle.type()),
                Integer.toUnsignedLong(machine.handle(handle)),
                0,
                target.equals("gone") ? Life.FREE : Life.LIVE,
                inUserMemory,
                List.of(isRefused(handle) || inUserMemory ? permitted.astray() : permitted)));
      }
    }
    return objects;
  }

  private static String named(Handle handle) {
    return "object " + ObjectsBinding.name(handle);
  }

  private boolean isRefused(Handle handle) {
    return machine.refused() == handle.ordinal();
  }

  private String permitted(Handle handle) {
    int bits = machine.table().permissions(machine.handle(handle));
    List<String> names = new ArrayList<>();
    for (Name name : Name.values()) {
      if ((bits & 1 << name.ordinal()) != 0) {
        names.add(ObjectsBinding.name(name));
      }
    }
    return names.isEmpty() ? "nobody" : String.join(", ", names);
  }

  private List<MemoryObject> threads() {
    List<MemoryObject> threads = new ArrayList<>();
    for (Name name : Name.values()) {
      threads.add(
          new MemoryObject(
              ObjectsBinding.name(name),
              "struct k_thread",
              Integer.toUnsignedLong(machine.threads().address(name)),
              0,
              Life.LIVE,
              false,
              List.of(
                  word("state", ObjectsBinding.name(machine.threads().life(name))),
                  word("memory domain", machine.isMember(name) ? "LL" : "none"))));
    }
    return threads;
  }

  private List<MemoryObject> userMemory() {
    List<Word> words = new ArrayList<>();
    for (Handle handle : Handle.values()) {
      String target = ObjectsBinding.target(machine, handle);
      boolean none = target.equals("none");
      Word word =
          new Word(
              ObjectsBinding.name(handle),
              none ? "NULL" : target,
              none ? null : named(handle),
              machine.ram().shadow().isUserWritten(machine.address(handle)));
      words.add(target.equals("gone") ? word.astray() : word);
    }
    words.add(word("task", ObjectsBinding.name(machine.taskState())));
    List<MemoryObject> memory = new ArrayList<>();
    memory.add(
        new MemoryObject(
            "LL scheduler",
            "handles",
            Integer.toUnsignedLong(machine.address(Handle.DOMAIN)),
            0,
            Life.LIVE,
            true,
            words));
    memory.addAll(objects(true));
    return memory;
  }

  private static Word word(String field, String value) {
    return new Word(field, value, null, false);
  }
}
