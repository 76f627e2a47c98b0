package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A random life of one chunk heap, mostly near exhaustion, with what the owners of blocks know. */
final class SysHeapLife {
  private static final int SYS = HeapBoard.SYS_HEAP;
  private static final int NO_ALIGNMENT = 1;
  private static final int TOO_MUCH = 0x7ffffff0;

  /** What must have happened in a long life. */
  enum Event {
    ALLOCATED,
    ALLOCATION_WITHOUT_ROOM,
    ALLOCATION_OF_NOTHING,
    ALLOCATION_TOO_LARGE,
    SHRUNK_IN_PLACE,
    GROWN_IN_PLACE,
    MOVED,
    MOVED_FOR_ALIGNMENT,
    REALLOCATION_WITHOUT_ROOM,
    REALLOCATION_TOO_LARGE,
    REALLOCATED_FROM_NOTHING,
    REALLOCATED_TO_NOTHING,
    FREED
  }

  private final HeapConfig config;
  private final int bytes;
  private final Random random;
  private final HeapBoard board;
  private final int zHeap;
  private final FailureWatch watch;
  private final TreeMap<Integer, HeapInvariants.Block> live = new TreeMap<>();

  /** From what the bytes of a block were made that somebody has written. */
  private final Map<Integer, Integer> contents = new TreeMap<>();

  private final Map<Event, Integer> events = new EnumMap<>(Event.class);
  private int mostAllocated;

  SysHeapLife(HeapConfig config, int bytes, Random random) {
    this.config = config;
    this.bytes = bytes;
    this.random = random;
    this.board = new HeapBoard(config, 0xa5);
    board.heap.init(SYS, HeapBoard.BUFFER + random.nextInt(9), bytes);
    this.zHeap = board.cpu.load(SysHeap.HEAP, SYS);
    this.watch = new FailureWatch(board.ram);
  }

  int count(Event event) {
    return events.getOrDefault(event, 0);
  }

  private void note(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  void step() {
    int choice = random.nextInt(20);
    if (live.isEmpty() || choice < 8) {
      allocate();
    } else if (choice < 14) {
      reallocate(anyBlock());
    } else {
      int pointer = anyBlock();
      forget(pointer);
      board.heap.free(SYS, pointer);
      note(Event.FREED);
    }
    int allocated = statistic("allocated");
    mostAllocated = Math.max(mostAllocated, allocated);
    assertThat(statistic("max")).as("HEAP-7 the most that was allocated").isEqualTo(mostAllocated);
  }

  private int anyBlock() {
    return new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
  }

  private HeapDump dump() {
    return HeapDump.of(board.ram, zHeap, config.bigOnly(), true);
  }

  private int statistic(String name) {
    return Math.toIntExact(Objects.requireNonNull(dump().statistics()).getOrDefault(name, -1L));
  }

  private int size() {
    return 1 + (random.nextInt(6) == 0 ? random.nextInt(bytes) : random.nextInt(90));
  }

  private void allocate() {
    Event failure =
        switch (random.nextInt(24)) {
          case 0 -> Event.ALLOCATION_OF_NOTHING;
          case 1 -> Event.ALLOCATION_TOO_LARGE;
          default -> Event.ALLOCATION_WITHOUT_ROOM;
        };
    int size =
        switch (failure) {
          case ALLOCATION_OF_NOTHING -> 0;
          case ALLOCATION_TOO_LARGE -> random.nextBoolean() ? TOO_MUCH : -1 - random.nextInt(40);
          default -> size();
        };
    int boundary = random.nextBoolean() ? NO_ALIGNMENT : 1 << random.nextInt(9);
    int rewind = boundary >= 4 && random.nextInt(4) == 0 ? boundary >> 1 : 0;
    boolean isRealloc = random.nextInt(8) == 0;
    watch.begin();
    int pointer =
        boundary == NO_ALIGNMENT
            ? isRealloc ? board.heap.realloc(SYS, 0, size) : board.heap.alloc(SYS, size)
            : board.heap.alignedAlloc(SYS, boundary | rewind, size);
    if (pointer == 0) {
      requireUntouched();
      note(failure);
      return;
    }
    assertThat(failure).as("HEAP-17").isEqualTo(Event.ALLOCATION_WITHOUT_ROOM);
    note(isRealloc && boundary == NO_ALIGNMENT ? Event.REALLOCATED_FROM_NOTHING : Event.ALLOCATED);
    add(pointer, new HeapInvariants.Block(size, boundary, rewind));
    if (random.nextBoolean()) {
      write(pointer, 0, size, random.nextInt());
    }
  }

  /** HEAP-11: a failed call changes nothing but the order of free lists. */
  private void requireUntouched() {
    Set<Integer> changed = watch.changedWords();
    if (changed.removeAll(HeapInvariants.listHeads(board.ram, zHeap, config))) {
      check();
    }
    assertThat(changed).as("HEAP-11: words that a failed call has changed").isEmpty();
  }

  private void add(int pointer, HeapInvariants.Block block) {
    assertThat(live.put(pointer, block)).as("HEAP-3: handed out once").isNull();
  }

  private void write(int pointer, int from, int to, int content) {
    for (int i = from; i < to; i++) {
      board.cpu.store8(pointer + i, content + 31 * i & 0xff);
    }
    contents.put(pointer, content);
  }

  private void requireContent(int pointer, int content, int size) {
    for (int i = 0; i < size; i++) {
      if (board.cpu.load8(pointer + i) != (content + 31 * i & 0xff)) {
        assertThat(i).as("a byte of block 0x%x that was lost", pointer).isNegative();
      }
    }
  }

  /** What an owner does with a block for the last time: to look whether all is still there. */
  private void forget(int pointer) {
    HeapInvariants.Block block = Objects.requireNonNull(live.remove(pointer));
    Integer content = contents.remove(pointer);
    if (content != null) {
      requireContent(pointer, content, block.size());
    }
  }

  private void reallocate(int pointer) {
    HeapInvariants.Block old = live.get(pointer);
    if (config.bigOnly() && old.rewind() != 0) {
      return; // Its gap is not counted, as in the C code, so that it may become too short.
    }
    int content = contents.getOrDefault(pointer, random.nextInt());
    write(pointer, 0, old.size(), content);
    boolean isTooLarge = random.nextInt(30) == 0;
    boolean isNothing = !isTooLarge && random.nextInt(30) == 0;
    int size = isTooLarge ? TOO_MUCH : isNothing ? 0 : size();
    int align = random.nextBoolean() ? 0 : 1 << random.nextInt(8);
    int before = statistic("allocated");
    watch.begin();
    int moved =
        align == 0
            ? board.heap.realloc(SYS, pointer, size)
            : board.heap.alignedRealloc(SYS, pointer, align, size);
    if (isNothing) {
      assertThat(moved).isZero();
      live.remove(pointer);
      contents.remove(pointer);
      note(Event.REALLOCATED_TO_NOTHING);
    } else if (moved == 0) {
      requireUntouched();
      note(isTooLarge ? Event.REALLOCATION_TOO_LARGE : Event.REALLOCATION_WITHOUT_ROOM);
    } else {
      assertThat(isTooLarge).as("HEAP-17").isFalse();
      resize(pointer, moved, size, align);
      requireContent(moved, content, Math.min(old.size(), size));
      write(moved, Math.min(old.size(), size), size, content);
      int usable = requireUsable(moved, size);
      // A block that moves has both its places for a while.
      mostAllocated = Math.max(mostAllocated, moved == pointer ? 0 : before + usable);
    }
  }

  private void resize(int pointer, int moved, int size, int align) {
    HeapInvariants.Block old = Objects.requireNonNull(live.remove(pointer));
    contents.remove(pointer);
    boolean isAligned = align == 0 || pointer % align == 0;
    if (moved == pointer) {
      assertThat(isAligned).as("a block that is not aligned as asked must move").isTrue();
      add(pointer, new HeapInvariants.Block(size, old.boundary(), old.rewind()));
      note(size <= old.size() ? Event.SHRUNK_IN_PLACE : Event.GROWN_IN_PLACE);
    } else {
      assertThat(isAligned && size <= old.size()).as("moved to shrink").isFalse();
      add(moved, new HeapInvariants.Block(size, Math.max(NO_ALIGNMENT, align), 0));
      note(isAligned ? Event.MOVED : Event.MOVED_FOR_ALIGNMENT);
    }
  }

  /** The usable size is what the chunk has from the block on, and enough. */
  private int requireUsable(int pointer, int size) {
    int usable = board.heap.usableSize(SYS, pointer);
    int header = config.bigOnly() ? 8 : 4;
    int id = (pointer - header - zHeap) / 8;
    List<Integer> chunk =
        dump().chunks().stream().filter(each -> each.get(0) == id).findFirst().orElseThrow();
    assertThat(usable)
        .as("usable bytes of 0x%x in %s", pointer, chunk)
        .isEqualTo(zHeap + 8 * (id + chunk.get(1)) - pointer)
        .isGreaterThanOrEqualTo(size);
    return 8 * chunk.get(1) - header;
  }

  /** HEAP-3 to HEAP-7, and what the shadow says. */
  void check() {
    HeapInvariants.checkChunks(board.ram, zHeap, config, live);
    live.forEach(
        (pointer, block) ->
            HeapInvariants.checkShadow(
                board.ram,
                pointer,
                block,
                contents.containsKey(pointer) ? ShadowState.LIVE : ShadowState.UNINITIALIZED));
  }

  void freeAll() {
    for (int pointer : new ArrayList<>(live.keySet())) {
      forget(pointer);
      board.heap.free(SYS, pointer);
    }
    check();
    assertThat(dump().chunks()).as("all freed: header, one free chunk, end").hasSize(3);
  }
}
