package io.ringfence.binding.dma;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware;
import io.ringfence.firmware.syscalls.dma.DmaThread;
import io.ringfence.firmware.syscalls.dma.HostBox.Alias;
import io.ringfence.firmware.syscalls.dma.SofDma;
import io.ringfence.machine.MemoryDomains;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Draws the controller, its channels, what the threads know of them, and the mailbox. */
final class DmaChannelsPicture {
  private final DmaChannelsModel model;
  private final DmaChannelsFirmware firmware;

  private DmaChannelsPicture(DmaChannelsModel model, DmaChannelsFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  static MemoryPicture draw(DmaChannelsModel model, DmaChannelsFirmware firmware) {
    return new DmaChannelsPicture(model, firmware).draw();
  }

  private MemoryPicture draw() {
    List<Region> regions = new ArrayList<>();
    regions.add(region("DMA controller", 0, UserAccess.NONE, controller()));
    regions.add(region("threads", 0, UserAccess.NONE, threads()));
    regions.add(mailbox(Alias.CACHED));
    regions.add(mailbox(Alias.UNCACHED));
    if (firmware.fault() != Why.NOTHING) {
      regions.add(region("exception in the kernel", 0, UserAccess.NONE, List.of(exception())));
    }
    return new MemoryPicture(regions);
  }

  /** The address that an argument of user space made the kernel access. */
  private MemoryObject exception() {
    String why = firmware.fault().name().toLowerCase(Locale.ROOT);
    String address = String.format("0x%08x", firmware.faultAddress());
    return object(
        "exception",
        "exception frame",
        0,
        Life.LIVE,
        List.of(word("cause", why, null, false), word("address", address, null, false).astray()));
  }

  private static Word marked(Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }

  private List<MemoryObject> controller() {
    List<MemoryObject> objects = new ArrayList<>();
    boolean allocated = firmware.controller(SofDma.CHAN) != 0;
    int references = firmware.controller(SofDma.SREF);
    Word sref = word("sref", String.valueOf(references), null, false);
    objects.add(
        object(
            "dma",
            "struct sof_dma",
            firmware.board().controllers().controller(0),
            Life.LIVE,
            List.of(
                references == holders() ? sref : sref.astray(),
                word("chan", allocated ? "chan" : "NULL", allocated ? "chan" : null, false))));
    objects.add(
        object(
            "chan",
            "struct dma_chan_data",
            firmware.controller(SofDma.CHAN),
            allocated ? Life.LIVE : Life.FREE,
            List.of()));
    for (int channel = 0; channel < model.channels(); channel++) {
      int owner = firmware.owner(channel);
      int driver = firmware.driver(channel);
      Word driven = word("driven by", name(driver), null, false);
      objects.add(
          object(
              "channel " + channel,
              "channel",
              0,
              owner < 0 ? Life.FREE : Life.LIVE,
              List.of(
                  marked(
                      word("requested by", name(owner), null, false),
                      owner >= 0 && !firmware.isAlive(owner)),
                  owner >= 0 && driver >= 0 && owner != driver ? driven.astray() : driven,
                  word("suspended", firmware.isPaused(channel) ? "yes" : "no", null, false))));
    }
    return objects;
  }

  private int holders() {
    int holders = 0;
    for (int thread = 0; thread < model.users().size(); thread++) {
      holders += firmware.thread(thread, DmaThread.REFERENCE) != 0 ? 1 : 0;
      holders += firmware.thread(thread, DmaThread.GETTING) != 0 ? 1 : 0;
    }
    return holders;
  }

  private List<MemoryObject> threads() {
    List<MemoryObject> threads = new ArrayList<>();
    for (int thread = 0; thread < model.users().size(); thread++) {
      boolean dead = !firmware.isAlive(thread);
      int got = firmware.thread(thread, DmaThread.GETTING);
      int reference = firmware.thread(thread, DmaThread.REFERENCE);
      boolean isLost = reference != 0 && (dead || firmware.controller(SofDma.CHAN) == 0);
      threads.add(
          object(
              model.users().get(thread),
              "thread",
              firmware.board().thread(thread),
              dead ? Life.FREE : Life.LIVE,
              List.of(
                  word("permission", thread < model.granted() ? "yes" : "no", null, false),
                  marked(
                      pointer("in sof_dma_get", got),
                      got != 0 && !firmware.board().mayUse(thread, got)),
                  marked(pointer("reference", reference), isLost))));
    }
    return threads;
  }

  private Region mailbox(Alias alias) {
    boolean forged = firmware.board().hostBox().isForged(alias);
    Word message = word("message", forged ? "a user thread's" : "the host's", null, forged);
    return new Region(
        "mailbox, " + alias.name().toLowerCase(Locale.ROOT),
        Integer.toUnsignedLong(firmware.board().hostBox().address(alias)),
        MemoryDomains.PAGE_BYTES,
        firmware.board().hostBox().mayWrite(alias) ? UserAccess.WRITE : UserAccess.READ,
        List.of(
            object(
                "hostbox " + alias.name().toLowerCase(Locale.ROOT),
                "message",
                firmware.board().hostBox().address(alias),
                Life.LIVE,
                List.of(forged ? message.astray() : message))));
  }

  private String name(int thread) {
    return thread < 0 ? "-" : model.users().get(thread);
  }

  private static Word pointer(String field, int address) {
    return address == 0 ? word(field, "NULL", null, false) : word(field, "dma", "dma", false);
  }

  private static Region region(
      String name, int address, UserAccess access, List<MemoryObject> objects) {
    return new Region(name, Integer.toUnsignedLong(address), 0, access, objects);
  }

  private static MemoryObject object(
      String name, String struct, int address, Life life, List<Word> words) {
    return new MemoryObject(name, struct, Integer.toUnsignedLong(address), 0, life, false, words);
  }

  private static Word word(
      String field, String value, @Nullable String target, boolean userWritten) {
    return new Word(field, value, target, userWritten);
  }
}
