package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DataCacheProperties {
  private static final int OPERATIONS = 10_000;
  private static final int SPAN = 256;

  /** Memory without caches, and a processor with them; both are given the same accesses. */
  private static final class Pair {
    final CachedBoard board = new CachedBoard(3);
    final ByteBuffer plain = ByteBuffer.allocate(SPAN).order(ByteOrder.LITTLE_ENDIAN);

    /** Stores or loads 1, 2 or 4 bytes, and tells whether a load gave what plain memory gives. */
    boolean access(Random random) {
      int size = 1 << random.nextInt(3);
      int offset = random.nextInt(SPAN / size) * size;
      int address = board.cached(offset);
      int value = random.nextInt();
      boolean stores = random.nextBoolean();
      return switch (size) {
        case 1 -> {
          if (stores) {
            board.cpu.store8(address, value);
            plain.put(offset, (byte) value);
          }
          yield board.cpu.load8(address) == (plain.get(offset) & 0xff);
        }
        case 2 -> {
          if (stores) {
            board.cpu.store16(address, value);
            plain.putShort(offset, (short) value);
          }
          yield board.cpu.load16(address) == (plain.getShort(offset) & 0xffff);
        }
        default -> {
          if (stores) {
            board.cpu.store32(address, value);
            plain.putInt(offset, value);
          }
          yield board.cpu.load32(address) == plain.getInt(offset);
        }
      };
    }

    /** Lets caches fetch and write back lines as they like. */
    void disturb(Random random) {
      int core = random.nextInt(3);
      int address = board.cached(random.nextInt(SPAN));
      if (random.nextBoolean()) {
        board.cache.prefetch(core, address, 1);
      } else {
        board.cache.flushAndInvalidate(core, address, 1);
      }
    }
  }

  @Property(tries = 10)
  void flushedAndInvalidatedEverywhereCachesEqualPlainMemory(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair();
    for (int i = 0; i < OPERATIONS; i++) {
      int core = random.nextInt(3);
      pair.disturb(random);
      pair.board.cache.invalidate(core, pair.board.cached(0), SPAN);
      pair.board.run(core);
      assertThat(pair.access(random)).isTrue();
      pair.board.cache.flushAndInvalidate(core, pair.board.cached(0), SPAN);
    }
    for (int offset = 0; offset < SPAN; offset++) {
      assertThat(pair.board.ram.load8(pair.board.uncached(offset)))
          .isEqualTo(pair.plain.get(offset) & 0xff);
    }
  }

  @Property(tries = 10)
  void oneCoreAloneNeedsNoFlushWhateverIsEvicted(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair();
    pair.board.run(0);
    for (int i = 0; i < OPERATIONS; i++) {
      pair.disturb(random);
      assertThat(pair.access(random)).isTrue();
    }
  }

  @Property(tries = 20)
  void withoutFlushesCoresSeeOldData(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair();
    int stale = 0;
    for (int i = 0; i < 2000; i++) {
      pair.board.run(random.nextInt(3));
      pair.disturb(random);
      stale += pair.access(random) ? 0 : 1;
    }
    assertThat(stale).isPositive();
  }

  @Property(tries = 20)
  void whereNobodyStoresThroughTheCacheItNeverChangesMemory(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair();
    pair.board.run(0);
    for (int i = 0; i < 2000; i++) {
      int offset = random.nextInt(SPAN / 4) * 4;
      int value = random.nextInt();
      pair.board.cpu.store32(pair.board.uncached(offset), value);
      pair.plain.putInt(offset, value);
      pair.disturb(random);
      int other = random.nextInt(SPAN / 4) * 4;
      assertThat(pair.board.cpu.load32(pair.board.uncached(other)))
          .isEqualTo(pair.plain.getInt(other));
    }
  }
}
