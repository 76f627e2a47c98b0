package io.ringfence.firmware.heap;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.kernel.EndlessLoop;

/**
 * The pages below the blocks of a virtual heap ({@code vmh_map_region}, {@code vmh_unmap_region}).
 * A page of small blocks is mapped with the first block in it and unmapped with the last; of a
 * large block, only the pages that were asked for are mapped. Stateless.
 */
final class BlockPages {
  private final PageDriver pages;
  private final MemBlocks blocks;
  private final Design design;

  BlockPages(PageDriver pages, MemBlocks blocks, Design design) {
    this.pages = pages;
    this.blocks = blocks;
    this.design = design;
  }

  /** Whole pages, from a first address on. */
  private record Range(int start, int bytes) {}

  /**
   * The pages of a range that no other block shares ({@code vmh_get_map_region_boundaries}). What
   * is beside the range counts as used unless it is whole blocks, all of them free; assertions
   * insist that it is whole blocks of the bundle.
   */
  private Range ownPages(int allocator, int address, int bytes) {
    int page = PageDriver.PAGE_BYTES;
    int blockBytes = blocks.blockBytes(allocator);
    int whole = bytes + blockBytes - 1 & -blockBytes;
    int start = address & -page;
    int end = address + bytes + page - 1 & -page;
    int before = address - start;
    int after = end - address - whole;
    check((before & blockBytes - 1) == 0, "the page begins at no block");
    if (before != 0 && isUsed(allocator, start, before)) {
      start += page;
    }
    if (after != 0 && isUsed(allocator, address + whole, after)) {
      end -= page;
    }
    return new Range(start, Integer.compareUnsigned(start, end) >= 0 ? 0 : end - start);
  }

  /** {@code vmh_is_region_used()}, with the assertions of {@code mem_blocks.c}, too. */
  private boolean isUsed(int allocator, int address, int bytes) {
    int blockBytes = blocks.blockBytes(allocator);
    check((bytes & blockBytes - 1) == 0, "the rest of a page is not whole blocks");
    int shift = Integer.numberOfTrailingZeros(blockBytes);
    int behind = (address - blocks.buffer(allocator) >> shift) + (bytes >>> shift);
    check(
        Integer.compareUnsigned(behind, blocks.count(allocator)) <= 0,
        "the rest of a page is not of the bundle");
    return !blocks.isFree(allocator, address, bytes);
  }

  private void check(boolean isSo, String otherwise) {
    if (design.asserts() && !isSo) {
      throw new KernelAssert("virtual heap: " + otherwise);
    }
  }

  /** Maps what a block that was just taken needs; 0, or a negative error number. */
  int map(int allocator, int address, int bytes) {
    Range range =
        blocks.blockBytes(allocator) >= PageDriver.PAGE_BYTES
            ? new Range(address, bytes + PageDriver.PAGE_BYTES - 1 & -PageDriver.PAGE_BYTES)
            : ownPages(allocator, address, bytes);
    if (range.bytes() == 0) {
      return 0;
    }
    int result = pages.map(range.start(), range.bytes());
    if (result != 0) {
      pages.unmap(range.start(), range.bytes());
    }
    return result;
  }

  /**
   * Unmaps what nobody needs any more after a block was freed; 0, or a negative error number.
   *
   * @throws EndlessLoop if the address is not the start of a block, and the bisection does not end
   */
  int unmap(int allocator, int address, int bytes) {
    if (blocks.blockBytes(allocator) >= PageDriver.PAGE_BYTES) {
      return pages.unmap(address, mappedBytes(address, bytes));
    }
    Range range = ownPages(allocator, address, bytes);
    return range.bytes() == 0 ? 0 : pages.unmap(range.start(), range.bytes());
  }

  /**
   * How much of a large block is mapped, which is not recorded but found by bisection ({@code
   * vmh_get_mapped_size}). It narrows the range between a page that is mapped and one that is not;
   * if neither end moves, nothing ever will.
   */
  private int mappedBytes(int address, int bytes) {
    int page = PageDriver.PAGE_BYTES;
    if (bytes <= page || design.has(Defect.UNMAP_WHOLE_BLOCK)) {
      return bytes;
    }
    boolean isRounded = design.has(Fix.BISECT_WHOLE_PAGES);
    int bottom = isRounded ? address & -page : address;
    int top = isRounded ? address + bytes + page - 1 & -page : address + bytes;
    int check = top - page;
    while (Integer.compareUnsigned(top - bottom, page) > 0) {
      int lastBottom = bottom;
      int lastTop = top;
      if (pages.isMapped(check)) {
        bottom = check;
      } else {
        top = check;
      }
      check = (bottom >>> 1) + (top >>> 1) & -page;
      if (bottom == lastBottom && top == lastTop) {
        throw new EndlessLoop(
            String.format("vmh_get_mapped_size: 0x%08x is looked at again and again", check));
      }
    }
    return top - address;
  }
}
