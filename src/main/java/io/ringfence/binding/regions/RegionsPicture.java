package io.ringfence.binding.regions;

import static io.ringfence.binding.regions.RegionWords.marked;
import static io.ringfence.binding.regions.RegionWords.object;
import static io.ringfence.binding.regions.RegionWords.word;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadEnd;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.regions.RegionAttacker;
import io.ringfence.firmware.regions.RegionFirmware;
import io.ringfence.firmware.regions.RegionThread;
import io.ringfence.firmware.regions.RegionView;
import java.util.ArrayList;
import java.util.List;

/** Draws the region with the blocks in it, its control structure, and who points to them. */
final class RegionsPicture {
  private static final int LINE = 64;

  private final RegionsModel model;
  private final RegionView view;
  private final RegionWords words;

  private RegionsPicture(RegionsModel model, RegionView view) {
    this.model = model;
    this.view = view;
    this.words = new RegionWords(view);
  }

  static MemoryPicture draw(RegionsModel model, RegionFirmware firmware) {
    return new RegionsPicture(model, firmware.view()).draw();
  }

  private MemoryPicture draw() {
    boolean isMapped = view.region(RegionThread.MODULE) != 0 && view.device() != 0;
    List<MemoryPicture.Region> regions = new ArrayList<>();
    regions.add(region("system heap", 0, 0, MemoryPicture.UserAccess.NONE, kernelObjects()));
    regions.add(
        region(
            "virtual region",
            view.regionBase(),
            view.regionBytes(),
            isMapped ? MemoryPicture.UserAccess.WRITE : MemoryPicture.UserAccess.NONE,
            blocks()));
    regions.add(
        region(
            "clients",
            0,
            0,
            MemoryPicture.UserAccess.NONE,
            new RegionClientsPicture(model, view).clients()));
    if (view.stopped() != Why.NOTHING) {
      List<MemoryPicture.MemoryObject> stop = List.of(stop());
      String end = isSeen(view) ? "stop of the kernel" : "end of the simulation";
      regions.add(region(end, 0, 0, MemoryPicture.UserAccess.NONE, stop));
    }
    return new MemoryPicture(regions);
  }

  /** What ended the last call, and where: at an address that it accessed, or by its argument. */
  private MemoryPicture.MemoryObject stop() {
    boolean isFault =
        switch (view.stopped()) {
          case PANIC, ASSERT, VERIFY, HANG, MISUSE -> false;
          default -> true;
        };
    return object(
        "stop",
        isSeen(view) ? "exception frame" : "last access",
        0,
        0,
        MemoryPicture.Life.LIVE,
        List.of(
            word("cause", ThreadEnd.text(view.stopped()), null, false),
            marked(
                word(
                    isFault ? "address" : "argument",
                    isFault
                        ? String.format("0x%08x", view.culprit())
                        : String.format("0x%x", view.culprit()),
                    null,
                    false),
                isMarked(isFault))));
  }

  /** Memory that nobody wrote is marked itself; where it was read is only where that shows. */
  private boolean isMarked(boolean isFault) {
    return view.stopped() != Why.UNINITIALIZED && (isFault || view.culprit() != 0);
  }

  /** Whether hardware notices, too, what went wrong. */
  private static boolean isSeen(RegionView view) {
    return ThreadEnd.of(view.stopped()).status() == Status.ABORTED;
  }

  private boolean isReferredTo() {
    return view.region(RegionThread.MODULE) != 0 || view.region(RegionThread.BUFFER) != 0;
  }

  /** How many threads rely on the region: those that free it do not count any more. */
  private int users() {
    int users = 0;
    for (RegionThread thread : RegionThread.values()) {
      users += words.relies(thread) ? 1 : 0;
    }
    return users;
  }

  private static MemoryPicture.Region region(
      String name,
      int address,
      int size,
      MemoryPicture.UserAccess access,
      List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(name, Integer.toUnsignedLong(address), size, access, objects);
  }

  private List<MemoryPicture.MemoryObject> kernelObjects() {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    if (!words.isInside(view.control())) {
      addControl(objects);
    }
    if (view.contextAddress() != 0 || view.context() == RegionView.Context.LOST) {
      boolean isLost = view.context() == RegionView.Context.LOST;
      MemoryPicture.Word word = word("heap", "LL user heap", null, false);
      objects.add(
          object(
              "alloc",
              "struct mod_alloc_ctx",
              view.contextAddress(),
              16,
              isLost ? MemoryPicture.Life.FREE : MemoryPicture.Life.LIVE,
              List.of(marked(word, isLost || !isReferredTo()))));
    }
    if (view.device() != 0 && !words.isInside(view.device())) {
      addDevice(objects);
    }
    return objects;
  }

  private void addControl(List<MemoryPicture.MemoryObject> objects) {
    if (view.control() == 0) {
      return;
    }
    boolean isForged = view.forged() == RegionAttacker.Target.CONTROL;
    boolean isLive = view.isControlLive();
    MemoryPicture.MemoryObject control =
        object(
            "vregion",
            "struct vregion",
            view.control(),
            LINE,
            isLive ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
            List.of(
                marked(
                    words.number("use_count", Vregion.USE_COUNT),
                    isLive && (view.get(Vregion.USE_COUNT) != users() || !isReferredTo())),
                word("type", String.valueOf(view.mode()), null, false),
                words.number("lifetime.used", Vregion.LIFETIME_USED),
                words.number("lifetime.size", Vregion.LIFETIME_SIZE),
                words.number("lifetime.free_count", Vregion.LIFETIME_FREES),
                marked(
                    word(
                        "lifetime.ptr",
                        words.place(view.get(Vregion.LIFETIME_PTR)),
                        null,
                        isForged),
                    isForged)));
    objects.add(isLive ? control.holding(List.of(lock())) : control);
  }

  /**
   * The lock of the interim heap; from the time that there is such a heap, it must have a value.
   */
  private MemoryPicture.MemoryObject lock() {
    boolean isRaw = view.isRaw(view.interimLock());
    return object(
        "interim.heap.lock",
        "struct k_spinlock",
        view.interimLock(),
        4,
        isRaw ? MemoryPicture.Life.RAW : MemoryPicture.Life.LIVE,
        List.of(
            marked(
                word("value", isRaw ? "uninitialized" : "written", null, false),
                isRaw && view.mode() == Vregion.Mode.INTERIM)));
  }

  private void addDevice(List<MemoryPicture.MemoryObject> objects) {
    boolean isForged = view.forged() == RegionAttacker.Target.DRIVER;
    MemoryPicture.Word driver =
        word("drv", isForged ? "a table of the module's" : "the driver", null, isForged);
    objects.add(
        object(
            "dev",
            "struct comp_dev",
            view.device(),
            LINE,
            MemoryPicture.Life.LIVE,
            List.of(isForged ? driver.astray() : driver)));
  }

  private List<MemoryPicture.MemoryObject> blocks() {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    if (view.control() != 0 && words.isInside(view.control())) {
      addControl(objects);
    }
    if (view.device() != 0 && words.isInside(view.device())) {
      addDevice(objects);
    }
    List<MemoryPicture.MemoryObject> inHeap = new ArrayList<>();
    for (int slot = 0; slot < view.slots(); slot++) {
      if (view.pointer(slot) != 0) {
        (view.isInterim(slot) ? inHeap : objects).add(block(slot));
      }
    }
    if (view.mode() == Vregion.Mode.INTERIM) {
      objects.add(interimHeap().holding(inHeap));
    }
    return objects;
  }

  private MemoryPicture.MemoryObject interimHeap() {
    boolean isForged = view.forged() == RegionAttacker.Target.HEAP;
    MemoryPicture.Word buckets =
        word("buckets", isForged ? "a chunk at the end" : "free chunks", null, isForged);
    int start = view.get(Vregion.LIFETIME_SIZE);
    return object(
        "interim heap",
        view.interimHeap() == 0 ? "lines" : "struct z_heap",
        view.regionBase() + start,
        view.regionBytes() - start,
        view.arePagesMapped() ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
        view.interimHeap() == 0 ? List.of() : List.of(isForged ? buckets.astray() : buckets));
  }

  private MemoryPicture.MemoryObject block(int slot) {
    return object(
        "block " + model.slots().get(slot),
        "void",
        view.pointer(slot),
        view.lines(slot) * LINE,
        view.arePagesMapped() ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
        List.of());
  }
}
