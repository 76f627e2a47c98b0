package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.machine.MemoryFault;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** What a debugger sees of all heaps of a machine, as the corpus writes it. */
final class HeapsState {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonNode UNREADABLE = NODES.textNode("unreadable");

  private final HeapsMachine machine;
  private final Map<String, Integer> heaps = new LinkedHashMap<>();
  private final Map<String, Integer> regions = new LinkedHashMap<>();
  private int extraVirtualHeap;
  private boolean hasVirtualPages;
  private ObjectNode last = NODES.objectNode();

  HeapsState(HeapsMachine machine) {
    this.machine = machine;
    last.set("pages", pages());
  }

  void heap(String name, int kHeap) {
    heaps.put(name, kHeap);
  }

  void region(String name, int region) {
    regions.put(name, region);
  }

  void dropRegion(String name) {
    regions.remove(name);
  }

  /** Makes a member count as changed, though it may be as it was. */
  void forget(String name) {
    last.remove(name);
  }

  void extraVirtualHeap(int heap) {
    extraVirtualHeap = heap;
  }

  void virtualPages() {
    hasVirtualPages = true;
  }

  /** Returns the members that are not as they were at the last call. */
  ObjectNode changes() {
    ObjectNode now = all();
    ObjectNode changed = NODES.objectNode();
    now.properties()
        .forEach(
            member -> {
              if (!member.getValue().equals(last.get(member.getKey()))) {
                changed.set(member.getKey(), member.getValue());
              }
            });
    last = now;
    return changed;
  }

  private ObjectNode all() {
    ObjectNode state = NODES.objectNode();
    heaps.forEach((name, heap) -> state.set(name, chunkHeap(heap)));
    if (machine.virtualBuffers() != 0) {
      state.set("virtual", virtual(machine.virtualBuffers()));
    }
    if (extraVirtualHeap != 0) {
      state.set("vmh", virtual(extraVirtualHeap));
    }
    if (hasVirtualPages) {
      state.set("vpages", virtualPagesView());
    }
    state.set("pages", pages());
    regions.forEach((name, region) -> putRegion(state, name, region));
    return state;
  }

  private JsonNode chunkHeap(int kHeap) {
    try {
      return HeapView.of(
          HeapDump.of(
              machine.ram, machine.ram.load32(kHeap + SysHeap.HEAP.offset()), false, false));
    } catch (IndexOutOfBoundsException e) {
      return UNREADABLE;
    }
  }

  private JsonNode virtual(int heap) {
    try {
      return bundles(heap);
    } catch (MemoryFault e) {
      // Its structures were freed, and somebody wrote there.
      return UNREADABLE;
    }
  }

  private ArrayNode bundles(int heap) {
    ArrayNode bundles = NODES.arrayNode();
    VirtualHeap virtual = machine.virtual;
    for (int bundle : virtual.bundles(heap)) {
      int count = virtual.blockCount(heap, bundle);
      ArrayNode used = runs(count, block -> virtual.isTaken(heap, bundle, block));
      if (used.isEmpty()) {
        continue;
      }
      ObjectNode view = bundles.addObject();
      view.put("block", virtual.blockBytes(heap, bundle));
      view.set("used", used);
      ArrayNode spans = runs(count, block -> virtual.isSpanned(heap, bundle, block));
      if (!spans.isEmpty()) {
        view.set("spans", spans);
      }
    }
    return bundles;
  }

  private ObjectNode virtualPagesView() {
    VirtualPages virtualPages = machine.virtualPages;
    ObjectNode view = NODES.objectNode();
    int total = virtualPages.get(VirtualPages.TOTAL_PAGES);
    view.put("free", unsigned(virtualPages.get(VirtualPages.FREE_PAGES)));
    view.put("total", total);
    view.put("in_use", unsigned(virtualPages.get(VirtualPages.IN_USE)));
    ArrayNode table = view.putArray("table");
    for (int i = 0; i < machine.number("vpage_max_allocs"); i++) {
      if (virtualPages.entryPages(i) != 0) {
        table.addArray().add(i).add(virtualPages.entryFirst(i)).add(virtualPages.entryPages(i));
      }
    }
    view.set("bitmap", runs(total, virtualPages::isTaken));
    return view;
  }

  private ObjectNode pages() {
    ObjectNode view = NODES.objectNode();
    int start = machine.pointers.start("virtual");
    int count = machine.number("vm_bytes") / PageDriver.PAGE_BYTES;
    view.set(
        "mapped",
        runs(count, page -> machine.pages.isMapped(start + page * PageDriver.PAGE_BYTES)));
    view.put("phys_free", machine.pages.freePages());
    return view;
  }

  private void putRegion(ObjectNode state, String name, int region) {
    ObjectNode view = NODES.objectNode();
    int base = word(region, Vregion.BASE.offset());
    view.put("base", base - machine.pointers.start("vpages"));
    view.put("size", unsigned(word(region, Vregion.SIZE.offset())));
    view.put("pages", word(region, Vregion.PAGES.offset()));
    view.put("users", unsigned(word(region, Vregion.USE_COUNT.offset())));
    int type = word(region, Vregion.TYPE.offset());
    Vregion.Mode[] modes = Vregion.Mode.values();
    view.put(
        "mode",
        Integer.compareUnsigned(type, modes.length) < 0
            ? modes[type].name().toLowerCase(Locale.ROOT)
            : "?");
    ObjectNode lifetime = view.putObject("lifetime");
    lifetime.put("ptr", word(region, Vregion.LIFETIME_PTR.offset()) - base);
    lifetime.put("size", unsigned(word(region, Vregion.LIFETIME_SIZE.offset())));
    lifetime.put("used", unsigned(word(region, Vregion.LIFETIME_USED.offset())));
    lifetime.put("frees", word(region, Vregion.LIFETIME_FREES.offset()));
    int locked = word(region, Vregion.LOCK.offset());
    if (locked != 0) {
      view.put("locked", unsigned(locked));
    }
    state.set("vregion:" + name, view);
    if (type == Vregion.Mode.INTERIM.ordinal()) {
      int interim = region + Vregion.INTERIM.offset();
      ObjectNode range = view.putObject("interim");
      range.put("start", word(interim, SysHeap.INIT_MEM.offset()) - base);
      range.put("bytes", word(interim, SysHeap.INIT_BYTES.offset()));
      state.set("interim:" + name, chunkHeap(interim));
    }
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }

  private int word(int base, int offset) {
    return machine.ram.load32(base + offset);
  }

  /** The runs of members for which something is so, as first and count. */
  private static ArrayNode runs(int count, IntPredicate is) {
    ArrayNode runs = NODES.arrayNode();
    int first = -1;
    for (int i = 0; i <= count; i++) {
      boolean in = i < count && is.test(i);
      if (in && first < 0) {
        first = i;
      } else if (!in && first >= 0) {
        runs.addArray().add(first).add(i - first);
        first = -1;
      }
    }
    return runs;
  }
}
