package io.ringfence.firmware.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.pages.PageFirmware.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random lives of virtual pages whose blocks are freed in any order. */
class VirtualPagesProperties {
  private static final int OPERATIONS = 10_000;
  private static final int PAGES = 32;

  /** So few that mappings fail. */
  private static final int PHYSICAL_PAGES = 26;

  /** So few that the table is full at times, and clients are left. */
  private static final int MOST_BLOCKS = 9;

  private static final int CLIENTS = 11;

  private static PageFirmware firmware(Set<Fix> fixes) {
    Design design = new Design(Variant.MERGED, fixes, Set.of(), false, Set.of());
    return new PageFirmware(design, PAGES, PHYSICAL_PAGES, MOST_BLOCKS, CLIENTS);
  }

  private static void call(PageFirmware firmware, Random random) {
    int client = random.nextInt(CLIENTS);
    if (firmware.heldPages(client) == 0) {
      firmware.alloc(client, 1 + random.nextInt(5));
    } else {
      firmware.free(client);
    }
  }

  /** The blocks as the clients know them, each as its first page and its number of pages. */
  private static List<List<Integer>> blocks(PageFirmware firmware) {
    List<List<Integer>> blocks = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      if (firmware.heldPages(client) != 0) {
        blocks.add(List.of(firmware.heldFirst(client), firmware.heldPages(client)));
      }
    }
    return blocks;
  }

  private static List<List<Integer>> table(VirtualPages pages) {
    List<List<Integer>> entries = new ArrayList<>();
    for (int entry = 0; entry < pages.get(VirtualPages.IN_USE); entry++) {
      entries.add(List.of(pages.entryFirst(entry), pages.entryPages(entry)));
    }
    return entries;
  }

  private static void check(PageFirmware firmware) {
    VirtualPages pages = firmware.pages();
    List<List<Integer>> blocks = blocks(firmware);
    assertThat(table(pages)).as("HEAP-16").containsExactlyInAnyOrderElementsOf(blocks);
    for (int entry = blocks.size(); entry < MOST_BLOCKS; entry++) {
      assertThat(pages.entryPages(entry)).as("HEAP-16 entry %d", entry).isZero();
    }
    int[] owners = new int[PAGES];
    for (List<Integer> block : blocks) {
      for (int page = 0; page < block.get(1); page++) {
        owners[block.get(0) + page]++;
      }
    }
    int taken = 0;
    for (int page = 0; page < PAGES; page++) {
      assertThat(owners[page]).as("HEAP-3 owners of page %d", page).isBetween(0, 1);
      assertThat(pages.isTaken(page)).as("page %d", page).isEqualTo(owners[page] == 1);
      assertThat(firmware.isMapped(page)).as("page %d", page).isEqualTo(owners[page] == 1);
      taken += owners[page];
    }
    assertThat(pages.get(VirtualPages.FREE_PAGES)).as("HEAP-7").isEqualTo(PAGES - taken);
    assertThat(firmware.freePhysicalPages()).as("HEAP-14").isEqualTo(PHYSICAL_PAGES - taken);
  }

  @Property(tries = 6)
  void withTheFixesTheTableIsExactInAnyOrder(@ForAll long seed) {
    Random random = new Random(seed);
    PageFirmware firmware = firmware(Set.of(Fix.MOVE_LAST_ENTRY, Fix.UNMAP_AFTER_FAILURE));
    int failures = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      call(firmware, random);
      assertThat(firmware.result()).isNotEqualTo(Result.REJECTED);
      failures += firmware.result() == Result.NULL ? 1 : 0;
      check(firmware);
    }
    assertThat(failures).as("allocations that failed").isGreaterThan(100);
  }

  @Property(tries = 6)
  void asMergedBlocksAreForgotten(@ForAll long seed) {
    Random random = new Random(seed);
    PageFirmware firmware = firmware(Set.of(Fix.UNMAP_AFTER_FAILURE));
    int rejected = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      call(firmware, random);
      rejected += firmware.result() == Result.REJECTED ? 1 : 0;
    }
    assertThat(rejected).as("frees of blocks that are not in the table").isPositive();
  }
}
