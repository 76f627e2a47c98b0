package io.ringfence.binding.trust;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.trust.KernelRun;
import io.ringfence.firmware.trust.Touch;
import io.ringfence.firmware.trust.TrustFirmware;
import io.ringfence.firmware.trust.TrustFirmware.Place;
import io.ringfence.firmware.trust.TrustWord;
import io.ringfence.machine.Access;
import io.ringfence.machine.Region;
import io.ringfence.machine.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws kernel memory and the partitions, the words in them, and where the words lead. */
final class TrustPicture {
  private static final String MAILBOX = "mailbox";
  private static final String THREAD_TABLE = "ll_thread_tid";

  private final TrustModel model;
  private final TrustFirmware firmware;

  private TrustPicture(TrustModel model, TrustFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  static MemoryPicture draw(TrustModel model, TrustFirmware firmware) {
    TrustPicture picture = new TrustPicture(model, firmware);
    return new MemoryPicture(firmware.regions().stream().map(picture::region).toList());
  }

  private MemoryPicture.Region region(Region region) {
    UserAccess access =
        firmware.mayUser(region.start(), Access.WRITE)
            ? UserAccess.WRITE
            : firmware.mayUser(region.start(), Access.READ) ? UserAccess.READ : UserAccess.NONE;
    return new MemoryPicture.Region(
        region.name() + " " + region.kind(),
        Integer.toUnsignedLong(region.start()),
        region.size(),
        access,
        firmware.objects().stream()
            .filter(symbol -> region.contains(symbol.address()))
            .map(this::object)
            .toList());
  }

  private MemoryObject object(Symbol symbol) {
    List<Word> words = new ArrayList<>();
    for (TrustWord word : model.words()) {
      if (symbol.contains(firmware.address(word))) {
        words.add(word(word));
      }
    }
    switch (symbol.name()) {
      case "zephyr_ll" -> words.add(taskCount());
      case "zephyr_ll_pdata" ->
          words.add(plain("allocated", firmware.data().hasData() ? "yes" : "no"));
      case MAILBOX ->
          words.add(plain("reply", firmware.sent().map(TrustPicture::owner).orElse("none")));
      case THREAD_TABLE -> words.add(table(symbol));
      case "other kernel objects" -> words.add(written(Place.KERNEL));
      case "other user objects" -> words.add(written(Place.OTHER));
      case "freed blocks" -> words.add(written(Place.FREED));
      case "forged objects" -> words.add(written(Place.FORGED));
      default -> {
        // Words only.
      }
    }
    return new MemoryObject(
        symbol.name(),
        symbol.name(),
        Integer.toUnsignedLong(symbol.address()),
        symbol.elementSize(),
        Life.LIVE,
        firmware.mayUser(symbol.address(), Access.WRITE),
        words);
  }

  private Word word(TrustWord word) {
    int address = firmware.address(word);
    int value = firmware.ram().load32(address);
    Place place = firmware.place(word);
    Word drawn =
        new Word(
            word.text(),
            word.isNumber() ? String.valueOf(value) : describe(value),
            word.isNumber() ? null : target(value),
            firmware.ram().shadow().isUserWritten(address));
    boolean followed = value == firmware.run().touched() || drawn.userWritten() && isAstray();
    return place != Place.OWN && followed ? drawn.astray() : drawn;
  }

  /** Whether the last step worked on a foreign object, through whatever word, or stopped. */
  private boolean isAstray() {
    KernelRun run = firmware.run();
    return run.why() != Why.NOTHING
        || run.touch() != Touch.NONE && firmware.placeOf(run.touched()) != Place.OWN;
  }

  private Word taskCount() {
    Word count = plain("n_tasks", String.valueOf(firmware.taskCount()));
    return firmware.run().why() == Why.PANIC ? count.astray() : count;
  }

  private Word table(Symbol symbol) {
    int value = firmware.ram().load32(symbol.address());
    Word drawn = new Word("[0]", describe(value), target(value), false);
    Place place = firmware.recordedThread();
    return place.isForeign() ? drawn.astray() : drawn;
  }

  private String describe(int value) {
    String target = target(value);
    return value == 0 ? "NULL" : target == null ? firmware.codeAt(value) : target;
  }

  private @Nullable String target(int value) {
    for (Symbol symbol : firmware.objects()) {
      if (symbol.contains(value)) {
        return symbol.name();
      }
    }
    return null;
  }

  private static String owner(Place place) {
    return switch (place) {
      case OWN -> "of the IPC thread";
      case KERNEL -> "kernel memory";
      default -> "user memory";
    };
  }

  private Word written(Place place) {
    return plain("written", firmware.hit().contains(place) ? "yes" : "no");
  }

  private static Word plain(String field, String value) {
    return new Word(field, value, null, false);
  }
}
