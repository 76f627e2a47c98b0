package io.ringfence.binding.module;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.modules.ModuleCall;
import io.ringfence.firmware.modules.ModuleFirmware;
import io.ringfence.firmware.modules.ModuleFrame;
import io.ringfence.firmware.modules.ModuleView;
import io.ringfence.firmware.modules.ModuleView.Place;
import io.ringfence.firmware.modules.ProcessingModule;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the module's structures, the heaps with what lies in them, and the threads. */
final class ModulePicture {
  private final ModuleModel model;
  private final ModuleFirmware firmware;
  private final ModuleView view;

  private ModulePicture(ModuleModel model, ModuleFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.view = firmware.view();
  }

  static MemoryPicture draw(ModuleModel model, ModuleFirmware firmware) {
    return new ModulePicture(model, firmware).regions();
  }

  private MemoryPicture regions() {
    return new MemoryPicture(
        List.of(
            region("system heap", Place.SYSTEM, UserAccess.NONE),
            region("the module's heap", Place.OWN, UserAccess.WRITE),
            region("the module's region", Place.REGION, UserAccess.WRITE),
            region("heap of another module", Place.OTHER, UserAccess.NONE),
            region("the attacker's page", Place.FORGED, UserAccess.WRITE),
            new MemoryPicture.Region("threads", 0, 0, UserAccess.NONE, threads())));
  }

  private MemoryPicture.Region region(String name, Place place, UserAccess access) {
    List<MemoryObject> objects = new ArrayList<>();
    if (view.place(view.module()) == place) {
      objects.add(module());
    }
    if (view.place(view.context()) == place) {
      objects.add(context());
    }
    if (place == Place.SYSTEM) {
      objects.add(victim());
    }
    if (place == Place.FORGED) {
      objects.add(object("forged heap", "struct k_heap", view.forgedHeap(), List.of()));
      objects.add(object("forged region", "struct vregion", view.forgedRegion(), List.of()));
    }
    List<Integer> sets = view.sets();
    for (int i = 0; i < sets.size(); i++) {
      if (isIn(sets.get(i), place)) {
        objects.add(set(i, sets.get(i)));
      }
    }
    for (int slot = 0; slot < model.slots().size(); slot++) {
      if (isIn(firmware.held(slot), place)) {
        objects.add(kept(slot));
      }
    }
    return new MemoryPicture.Region(name, 0, 0, access, objects);
  }

  /** Whether something lies in a place; the kernel's object lies in the system heap. */
  private boolean isIn(int address, Place place) {
    Place found = view.place(address);
    return found == place || found == Place.VICTIM && place == Place.SYSTEM;
  }

  private MemoryObject module() {
    int module = view.module();
    int pool = ProcessingModule.POOL.in(module);
    List<Integer> sets = view.sets();
    return object(
        "module",
        "struct processing_module",
        module,
        List.of(
            word(
                "priv.resources.alloc",
                ProcessingModule.ALLOC.in(module),
                view.contextPointer() == 0
                    ? "NULL"
                    : view.contextPointer() == view.context() ? "context" : "nothing mapped"),
            word("objpool.list", ObjectPool.LIST.in(pool), sets.isEmpty() ? "empty" : "set 0"),
            word("objpool.heap", ObjectPool.HEAP.in(pool), heap(view.poolHeap())),
            word("objpool.vreg", ObjectPool.VREG.in(pool), vregion(view.poolRegion())),
            word("mdom", ProcessingModule.MDOM.in(module), domain())));
  }

  private String domain() {
    return switch (view.domain()) {
      case NOTHING -> "NULL";
      case OTHER -> "domain of another module";
      case OUTSIDE -> "nothing mapped";
      default -> "the module's domain";
    };
  }

  private MemoryObject context() {
    int context = view.context();
    return object(
        "context",
        "struct mod_alloc_ctx",
        context,
        List.of(
            word("heap", ProcessingModule.CONTEXT_HEAP.in(context), heap(view.contextHeap())),
            word(
                "vreg", ProcessingModule.CONTEXT_VREG.in(context), vregion(view.contextRegion()))));
  }

  private MemoryObject victim() {
    String state = view.kernel().name().toLowerCase(Locale.ROOT);
    Word word = new Word("the kernel's objects", state, null, false);
    return object(
        "kernel object",
        "void",
        view.victim(),
        List.of(view.kernel() == ModuleView.Kernel.WHOLE ? word : word.astray()));
  }

  private MemoryObject set(int index, int set) {
    List<Word> words = new ArrayList<>();
    List<Integer> containers = view.containers(set);
    for (int i = 0; i < containers.size(); i++) {
      words.add(
          word(
              "container " + i,
              ProcessingModule.CONTAINER_PTR.in(containers.get(i)),
              view.isTaken(set, i) ? block(view.block(containers.get(i))) : "free"));
    }
    return object("set " + index, "struct objpool", set, words);
  }

  private String block(int address) {
    for (int slot = 0; slot < model.slots().size(); slot++) {
      if (address != 0 && firmware.held(slot) == address) {
        return name(slot);
      }
    }
    return switch (view.place(address)) {
      case VICTIM -> "kernel object";
      case OTHER -> "block of another module";
      case OUTSIDE -> "nothing mapped";
      default -> "not filled";
    };
  }

  /** What the module keeps in a slot. */
  private MemoryObject kept(int slot) {
    int address = firmware.held(slot);
    boolean isHandler = firmware.isHandler(slot);
    return object(
        name(slot),
        isHandler ? "struct comp_data_blob_handler" : "void",
        address,
        isHandler
            ? List.of(
                word(
                    "free",
                    view.handlerFree(address),
                    view.isForgedHandler(address) ? "sys_poweroff" : "default_free"))
            : List.of());
  }

  private String name(int slot) {
    return switch (firmware.origin(slot)) {
          case MOD_DATA_BLOB_HANDLER_NEW -> "handler ";
          case MOD_FAST_GET -> "copy ";
          default -> "block ";
        }
        + model.slots().get(slot);
  }

  private String heap(int kHeap) {
    return switch (view.heap(kHeap)) {
      case NOTHING -> "NULL";
      case FORGED -> "forged heap";
      case OWN -> "the module's heap";
      case OUTSIDE -> "nothing mapped";
      case OTHER -> "heap of another module";
      default -> "system heap";
    };
  }

  private String vregion(int vregion) {
    return switch (view.region(vregion)) {
      case NOTHING -> "NULL";
      case OUTSIDE -> "nothing mapped";
      case FORGED -> "forged region";
      default -> "the module's region";
    };
  }

  private List<MemoryObject> threads() {
    List<MemoryObject> threads = new ArrayList<>();
    for (int thread = 0; thread < model.threads().size(); thread++) {
      int call = firmware.threads().frame(thread, ModuleFrame.CALL);
      threads.add(
          new MemoryObject(
              "thread " + model.threads().get(thread),
              "struct k_thread",
              Integer.toUnsignedLong(firmware.threads().frameAddress(thread)),
              0,
              Life.LIVE,
              false,
              List.of(
                  new Word(
                      "call",
                      call == StepThreads.NONE ? "none" : ModuleCall.values()[call].text(),
                      null,
                      false),
                  new Word(
                      "next step",
                      firmware.threads().label(thread).name().toLowerCase(Locale.ROOT),
                      null,
                      false),
                  new Word(
                      "mod_res_lock",
                      firmware.threads().mutexHolder() == thread ? "held" : "not held",
                      null,
                      false))));
    }
    return threads;
  }

  private MemoryObject object(String name, String struct, int address, List<Word> words) {
    ShadowState state = firmware.ram().shadow().state(address);
    Life life =
        switch (state) {
          case LIVE -> Life.LIVE;
          case UNINITIALIZED -> Life.RAW;
          case FREED, UNALLOCATED -> Life.FREE;
        };
    return new MemoryObject(name, struct, Integer.toUnsignedLong(address), 0, life, false, words);
  }

  /** A pointer, which is the one that leads astray if the attacker stored it. */
  private Word word(String field, int address, String target) {
    boolean isForged = firmware.ram().shadow().isUserWritten(address);
    boolean isName =
        !List.of("NULL", "empty", "free", "not filled", "nothing mapped").contains(target);
    Word word = new Word(field, target, isName ? target : null, isForged);
    return isForged ? word.astray() : word;
  }
}
