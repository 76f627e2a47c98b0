package io.ringfence.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The blocks that a test holds, in C: each is filled when it is allocated, and after every call all
 * must still be what they were.
 */
final class HeapBlocks {
  private HeapBlocks() {}

  /** The declarations, with a pointer for each slot. */
  static List<String> declarations(Collection<String> slots) {
    List<String> lines = new ArrayList<>();
    lines.add("struct block {");
    lines.add("\tuint8_t *at;\t\t/* NULL: never allocated */");
    lines.add("\tsize_t bytes;");
    lines.add("\tbool live;");
    lines.add("};");
    lines.add("");
    lines.add(
        "enum { "
            + String.join(", ", slots.stream().map(HeapBlocks::slot).toList())
            + ", SLOTS };");
    lines.add("ZTEST_BMEM static struct block blocks[SLOTS];");
    lines.addAll(
        CTestSource.lines(
            """

            /* No block overlaps another one, and nobody wrote into any. */
            static void check_blocks(void)
            {
            	for (int i = 0; i < SLOTS; i++) {
            		if (!blocks[i].live)
            			continue;
            		for (size_t n = 0; n < MIN(blocks[i].bytes, 256); n++)
            			zassert_equal(blocks[i].at[n], 0xa0 + i, "block %d, byte %zu", i, n);
            		for (int j = 0; j < i; j++)
            			zassert_true(!blocks[j].live ||
            				     blocks[i].at + blocks[i].bytes <= blocks[j].at ||
            				     blocks[j].at + blocks[j].bytes <= blocks[i].at,
            				     "blocks %d and %d overlap", j, i);
            	}
            }

            static __unused void take(int slot, void *at, size_t bytes)
            {
            	if (at) {
            		blocks[slot] = (struct block){ at, bytes, true };
            		memset(at, 0xa0 + slot, MIN(bytes, 256));
            	}
            	check_blocks();
            }

            static __unused void *give(int slot)
            {
            	blocks[slot].live = false;
            	return blocks[slot].at;
            }
            """));
    lines.add("");
    return lines;
  }

  /** The constant that stands for a slot. */
  static String slot(String slot) {
    return "SLOT_" + Plain.name(slot);
  }
}
