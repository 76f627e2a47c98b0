package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RamProperties {
  private static final int BASE = 0x1000;
  private static final int SIZE = 16 * MemoryDomains.PAGE_BYTES;

  /** Data and shadow, copied by other means than the RAM's own. */
  private record Image(byte[] data, byte[] shadow) {
    static Image of(Ram ram) {
      Image image = new Image(new byte[SIZE], new byte[SIZE]);
      for (int i = 0; i < SIZE; i++) {
        image.data[i] = (byte) ram.load8(BASE + i);
        image.shadow[i] = (byte) ram.shadow8(BASE + i);
      }
      return image;
    }

    void assertSame(Ram ram) {
      Image now = of(ram);
      assertThat(Arrays.mismatch(now.data, data)).as("first wrong byte").isEqualTo(-1);
      assertThat(Arrays.mismatch(now.shadow, shadow)).as("first wrong shadow").isEqualTo(-1);
    }
  }

  /** Changes a few places, near each other so that overlaps happen, in every way there is. */
  private static void change(Ram ram, Random random, int times) {
    for (int i = 0; i < times; i++) {
      int at = BASE + (random.nextInt(8) * 8190 + random.nextInt(40)) % (SIZE - 200);
      int length = random.nextInt(150);
      switch (random.nextInt(10)) {
        case 0 -> ram.store8(at, random.nextInt());
        case 1 -> ram.store16(at, random.nextInt());
        case 2 -> ram.store32(at, random.nextInt());
        case 3 -> ram.fill(at, length, random.nextInt());
        case 4 -> ram.shadow().allocate(at, length);
        case 5 -> ram.shadow().release(at, length);
        case 6 -> ram.shadow().declareStatic(at, length);
        case 7 -> ram.store8(at, random.nextInt(), random.nextInt(8));
        case 8 -> ram.store16(at & -2, random.nextInt(), random.nextInt() & 0x0707);
        default -> ram.store32(at & -4, random.nextInt(), random.nextInt() & 0x07070707);
      }
    }
  }

  private static Ram frozenRam(Random random) {
    Ram ram = new Ram(BASE, SIZE);
    change(ram, random, 30);
    ram.freeze();
    return ram;
  }

  @Property
  void restoreBringsBackContentAndShadow(@ForAll long seed, @ForAll @IntRange(max = 60) int n) {
    Random random = new Random(seed);
    Ram ram = frozenRam(random);
    List<Snapshot> snapshots = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      change(ram, random, n);
      snapshots.add(ram.snapshot());
      images.add(Image.of(ram));
    }
    for (int i = 0; i < 6; i++) {
      int which = random.nextInt(snapshots.size());
      ram.restore(snapshots.get(which));
      images.get(which).assertSame(ram);
      assertThat(ram.snapshot()).isEqualTo(snapshots.get(which));
      change(ram, random, n);
    }
  }

  @Property
  void undoBringsBackContentAndShadow(@ForAll long seed, @ForAll @IntRange(max = 60) int n) {
    Random random = new Random(seed);
    Ram ram = frozenRam(random);
    List<Mark> marks = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (marks.isEmpty() || random.nextInt(3) > 0) {
        marks.add(ram.mark());
        images.add(Image.of(ram));
        change(ram, random, n);
      } else {
        int to = random.nextInt(marks.size());
        ram.undoTo(marks.get(to));
        images.get(to).assertSame(ram);
        marks.subList(to + 1, marks.size()).clear();
        images.subList(to + 1, images.size()).clear();
      }
    }
  }

  /** To look at RAM between mark and undo must not make a difference later. */
  @Property
  void whatIsUndoneIsInTheNextSnapshotAndHash(@ForAll long seed) {
    Random random = new Random(seed);
    Ram ram = frozenRam(random);
    final Snapshot base = ram.snapshot();
    change(ram, random, 20);
    final Snapshot changed = ram.snapshot();
    final long hash = ram.contentHash();
    Mark mark = ram.mark();
    for (WordRange range : ram.diff(base, changed)) {
      for (int i = 0; i < range.words(); i++) {
        int at = range.address() + 4 * i;
        ram.store32(at, base.word(at - BASE));
      }
    }
    assertThat(ram.diff(base, ram.snapshot())).as("as the base image again").isEmpty();
    ram.undoTo(mark);
    assertThat(ram.contentHash()).isEqualTo(hash);
    assertThat(ram.snapshot()).isEqualTo(changed);
  }

  @Property
  void hashDependsOnContentAndNotOnHistory(@ForAll long seed) {
    Random random = new Random(seed);
    Ram ram = frozenRam(random);
    Ram fork = ram.fork();
    assertThat(fork.contentHash()).isEqualTo(ram.contentHash());
    change(ram, random, 20);
    final Snapshot snapshot = ram.snapshot();
    final long hash = ram.contentHash();

    fork.restore(snapshot);
    assertThat(fork.contentHash()).isEqualTo(hash);

    Mark mark = ram.mark();
    change(ram, random, 20);
    ram.undoTo(mark);
    assertThat(ram.contentHash()).as("lines are dirty, content is equal").isEqualTo(hash);

    int at = BASE + random.nextInt(SIZE);
    ram.store8(at, ram.load8(at) ^ 1);
    assertThat(ram.contentHash()).as("one bit differs").isNotEqualTo(hash);
    assertThat(ram.snapshot()).isNotEqualTo(snapshot);
    ram.undoTo(mark);
    ram.store8(at, ram.load8(at), ram.shadow8(at) ^ Shadow.USER_WRITTEN);
    assertThat(ram.contentHash()).as("one shadow bit differs").isNotEqualTo(hash);
  }

  @Property
  void diffListsExactlyTheChangedWords(@ForAll long seed) {
    Random random = new Random(seed);
    Ram ram = frozenRam(random);
    change(ram, random, 10);
    Snapshot before = ram.snapshot();
    final Image old = Image.of(ram);
    change(ram, random, 10);
    Image now = Image.of(ram);
    List<Integer> expected = new ArrayList<>();
    for (int offset = 0; offset < SIZE; offset += 4) {
      if (!Arrays.equals(old.data, offset, offset + 4, now.data, offset, offset + 4)) {
        expected.add(BASE + offset);
      }
    }
    List<Integer> actual = new ArrayList<>();
    for (WordRange range : ram.diff(before, ram.snapshot())) {
      assertThat(actual).as("ranges are maximal").doesNotContain(range.address() - 4);
      for (int i = 0; i < range.words(); i++) {
        actual.add(range.address() + 4 * i);
      }
    }
    assertThat(actual).isEqualTo(expected);
  }
}
