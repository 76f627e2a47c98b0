package io.ringfence.binding.dma;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.syscalls.dma.ConfigFrame;
import io.ringfence.firmware.syscalls.dma.DmaBlock;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.firmware.syscalls.dma.DmaConfig;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import io.ringfence.firmware.syscalls.dma.DmaDriver;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the caller's list, the kernel's copy of it, and what the driver made of it. */
final class DmaConfigPicture {
  private final DmaConfigFirmware firmware;
  private final Ram ram;
  private final DmaNames names;

  private DmaConfigPicture(DmaConfigFirmware firmware, DmaNames names) {
    this.firmware = firmware;
    this.ram = firmware.ram();
    this.names = names;
  }

  static MemoryPicture draw(DmaConfigFirmware firmware, DmaNames names) {
    return new DmaConfigPicture(firmware, names).draw();
  }

  private MemoryPicture draw() {
    return new MemoryPicture(List.of(partition(), kernelStack(), kernelHeap(), controller()));
  }

  private Region partition() {
    List<MemoryObject> objects = new ArrayList<>();
    objects.add(config("cfg", firmware.userConfig()));
    for (int i = 0; i < DmaConfigFirmware.BLOCKS; i++) {
      objects.add(block("b" + (i + 1), firmware.userBlock(i), true));
    }
    return region(
        "user partition",
        firmware.board().address(Place.USER_RW),
        MemoryDomains.PAGE_BYTES,
        UserAccess.WRITE,
        objects);
  }

  private Region kernelStack() {
    ConfigFrame frame = firmware.frame();
    String next = names.pointer(frame.userNext());
    MemoryObject locals =
        new MemoryObject(
            "frame",
            "sof_dma_config",
            Integer.toUnsignedLong(frame.kernCfg()),
            0,
            Life.LIVE,
            false,
            List.of(
                marked(
                    word("dma", names.device(frame.dma()), null, false),
                    isInCall() && !firmware.mayCallerUse(frame.dma())),
                marked(
                    word("user_next", next, frame.userNext() == 0 ? null : next, false),
                    isFetchedTwice()),
                word("i", String.valueOf(frame.index()), null, false)));
    return region(
        "kernel stack",
        0,
        0,
        UserAccess.NONE,
        List.of(locals, config("kern_cfg", frame.kernCfg())));
  }

  private boolean isInCall() {
    return switch (firmware.frame().step()) {
      case IDLE, DONE, DEAD -> false;
      default -> true;
    };
  }

  /** Whether the driver has the copy, or is the next to get it. */
  private boolean isHandedOver() {
    ConfigFrame.Step step = firmware.frame().step();
    return step == ConfigFrame.Step.DRIVER || step == ConfigFrame.Step.RETURN;
  }

  /** The copy of the last block leads neither to its successor nor to where the copying goes on. */
  private boolean isFetchedTwice() {
    ConfigFrame frame = firmware.frame();
    List<Integer> copies = names.copies();
    int index = frame.index();
    if (frame.step() != ConfigFrame.Step.COPY || index == 0 || index >= copies.size()) {
      return false;
    }
    int next = ram.load32(DmaBlock.NEXT_BLOCK.in(copies.get(index - 1)));
    return next != copies.get(index) && next != frame.userNext();
  }

  private static Word marked(Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }

  private Region kernelHeap() {
    List<Integer> copies = names.copies();
    List<MemoryObject> blocks = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      blocks.add(block("k" + (i + 1), copies.get(i), false));
    }
    return region("kernel heap", firmware.board().kernelHeap(), 0, UserAccess.NONE, blocks);
  }

  private Region controller() {
    List<MemoryObject> descriptors = new ArrayList<>();
    for (int i = 0; i < firmware.programmed(); i++) {
      int descriptor = firmware.descriptor(i);
      int control = ram.load32(DmaDriver.CTRL_LO.in(descriptor));
      descriptors.add(
          object(
              "lli " + (i + 1),
              DmaDriver.LLI.name(),
              descriptor,
              false,
              List.of(
                  marked(
                      address("sar", DmaDriver.SAR.in(descriptor), false),
                      !isForUser(DmaDriver.SAR.in(descriptor), false)),
                  marked(
                      address("dar", DmaDriver.DAR.in(descriptor), false),
                      !isForUser(DmaDriver.DAR.in(descriptor), true)),
                  marked(
                      scatter((control & DmaDriver.SCATTER) != 0, false),
                      (control & DmaDriver.SCATTER) != 0))));
    }
    return region("DMA controller", 0, 0, UserAccess.NONE, descriptors);
  }

  /** How many blocks the array has room for; before it is allocated more than can be counted. */
  private int room() {
    return firmware.frame().isCopying() ? names.copies().size() : -1;
  }

  /** Whether a pointer of a copy leads to what is no copy, or one that was never written. */
  private boolean leadsNowhere(int block) {
    return block != 0 && !(names.copies().contains(block) && !isRaw(DmaBlock.NEXT_BLOCK, block));
  }

  private MemoryObject config(String name, int config) {
    boolean isOfKernel = config == firmware.frame().kernCfg();
    int count = ram.load32(DmaConfig.BLOCK_COUNT.in(config));
    int head = ram.load32(DmaConfig.HEAD_BLOCK.in(config));
    return object(
        name,
        "struct " + DmaConfig.STRUCT.name(),
        config,
        false,
        List.of(
            marked(
                word(
                    "block_count",
                    Integer.toUnsignedString(count),
                    null,
                    isUserWritten(DmaConfig.BLOCK_COUNT, config)),
                isOfKernel && isInCall() && Integer.compareUnsigned(room(), count) < 0),
            marked(
                pointer("head_block", DmaConfig.HEAD_BLOCK, config, false),
                isOfKernel && isHandedOver() && leadsNowhere(head)),
            word(
                "channel_direction",
                DmaConfig.direction(ram.load32(DmaConfig.ATTRIBUTES.in(config))).name(),
                null,
                isUserWritten(DmaConfig.ATTRIBUTES, config)),
            isRaw(DmaConfig.DMA_CALLBACK, config)
                ? word("dma_callback", "never written", null, false).astray()
                : word("dma_callback", "NULL", null, false)));
  }

  private MemoryObject block(String name, int block, boolean ofUser) {
    if (isRaw(DmaBlock.NEXT_BLOCK, block)) {
      return new MemoryObject(
          name,
          "struct " + DmaBlock.STRUCT.name(),
          Integer.toUnsignedLong(block),
          DmaBlock.STRUCT.size(),
          Life.RAW,
          false,
          ofUser ? List.of() : holder());
    }
    boolean scattered = (ram.load16(DmaBlock.MODES.in(block)) & DmaBlock.DEST_SCATTER_EN) != 0;
    int source = DmaBlock.SOURCE_ADDRESS.in(block);
    int dest = DmaBlock.DEST_ADDRESS.in(block);
    boolean isTrusted = !ofUser && isHandedOver();
    List<Word> words = new ArrayList<>();
    words.add(pointer("next_block", DmaBlock.NEXT_BLOCK, block, !ofUser));
    words.add(
        marked(
            address("source_address", source, isUserWritten(DmaBlock.SOURCE_ADDRESS, block)),
            isTrusted && !isForUser(source, false)));
    words.add(
        marked(
            address("dest_address", dest, isUserWritten(DmaBlock.DEST_ADDRESS, block)),
            isTrusted && !isForUser(dest, true)));
    int bytes = ram.load32(DmaBlock.BLOCK_SIZE.in(block));
    words.add(
        marked(
            word(
                "block_size",
                String.valueOf(bytes),
                null,
                isUserWritten(DmaBlock.BLOCK_SIZE, block)),
            isTrusted && bytes == 0));
    words.add(
        marked(scatter(scattered, isUserWritten(DmaBlock.MODES, block)), isTrusted && scattered));
    if (!ofUser) {
      words.addAll(holder());
    }
    return object(name, "struct " + DmaBlock.STRUCT.name(), block, ofUser, words);
  }

  /** Once the caller was killed, or returned, nobody is left to free a block of the array. */
  private List<Word> holder() {
    return firmware.frame().isCopying()
        ? List.of()
        : List.of(word("held by", "nobody", null, false).astray());
  }

  private boolean isForUser(int pointer, boolean write) {
    return firmware.board().isForUser(ram.load32(pointer), 1, write);
  }

  /** A pointer to a block; in a copy that is complete, one that leads elsewhere goes astray. */
  private Word pointer(String field, Field member, int structure, boolean inCopy) {
    int address = ram.load32(member.in(structure));
    String target = names.pointer(address);
    Word word = word(field, target, address == 0 ? null : target, isUserWritten(member, structure));
    boolean isComplete = firmware.frame().step().compareTo(ConfigFrame.Step.DRIVER) >= 0;
    boolean leadsElsewhere = address != 0 && !names.copies().contains(address);
    return inCopy && isComplete && leadsElsewhere ? word.astray() : word;
  }

  private Word address(String field, int pointer, boolean userWritten) {
    return word(field, names.memory(ram.load32(pointer)), null, userWritten);
  }

  private static Word scatter(boolean scatter, boolean userWritten) {
    return word("dest_scatter_en", scatter ? "1" : "0", null, userWritten);
  }

  private boolean isRaw(Field field, int structure) {
    return ram.shadow().state(field.in(structure)) == ShadowState.UNINITIALIZED;
  }

  private boolean isUserWritten(Field field, int structure) {
    return ram.shadow().isUserWritten(field.in(structure));
  }

  private static Region region(
      String name, int address, int size, UserAccess access, List<MemoryObject> objects) {
    return new Region(name, Integer.toUnsignedLong(address), size, access, objects);
  }

  private static MemoryObject object(
      String name, String struct, int address, boolean userReached, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, Life.LIVE, userReached, words);
  }

  private static Word word(
      String field, String value, @Nullable String target, boolean userWritten) {
    return new Word(field, value, target, userWritten);
  }
}
