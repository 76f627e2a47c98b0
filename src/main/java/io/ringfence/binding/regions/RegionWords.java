package io.ringfence.binding.regions;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.regions.RegionThread;
import io.ringfence.firmware.regions.RegionView;
import io.ringfence.machine.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of the words of a region and of those who use it. */
final class RegionWords {
  private final RegionView view;

  RegionWords(RegionView view) {
    this.view = view;
  }

  /** Whether an address, cached or not, is in the region. */
  boolean isInside(int address) {
    return Integer.compareUnsigned(view.offset(address), view.regionBytes()) < 0;
  }

  /** Whether a thread relies on the region: those that free it do not any more. */
  boolean relies(RegionThread thread) {
    return view.region(thread) != 0
        && switch (view.step(thread)) {
          case IDLE, TAKING -> true;
          case PAGES, CONTROL, CONTEXT -> false;
        };
  }

  String place(int address) {
    String alias = (address & 0xe0000000) == 0xa0000000 ? "cached" : "uncached";
    return "region+" + view.offset(address) + ", " + alias;
  }

  MemoryPicture.Word number(String name, Field field) {
    return word(name, Integer.toUnsignedString(view.get(field)), null, false);
  }

  static MemoryPicture.Word marked(MemoryPicture.Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }

  static MemoryPicture.Word word(
      String field, String value, @Nullable String target, boolean userWritten) {
    return new MemoryPicture.Word(field, value, target, userWritten);
  }

  static MemoryPicture.MemoryObject object(
      String name,
      String struct,
      int address,
      int size,
      MemoryPicture.Life life,
      List<MemoryPicture.Word> words) {
    return new MemoryPicture.MemoryObject(
        name, struct, Integer.toUnsignedLong(address), size, life, false, words);
  }
}
