package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualHeap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All heaps of a firmware build: kernel calls, and system calls through their verifiers. */
final class HeapsBoard implements Board {
  private static final Map<String, Integer> FLAGS =
      Map.of(
          "DMA", MemFlags.DMA,
          "NO_COPY", MemFlags.NO_COPY,
          "COHERENT", MemFlags.COHERENT,
          "L3", MemFlags.L3,
          "LOW_POWER", MemFlags.LOW_POWER,
          "KERNEL", MemFlags.KERNEL,
          "USER", MemFlags.USER,
          "USER_SHARED_BUFFER", MemFlags.USER_SHARED_BUFFER,
          "LARGE_BUFFER", MemFlags.LARGE_BUFFER);

  private final Scenario scenario;
  private final HeapsMachine machine;
  private final HeapsState state;
  private final RawMemory memory;
  private final Map<String, Integer> moduleHeaps = new HashMap<>();
  private final Map<String, Integer> regions = new HashMap<>();
  private final Set<String> destroyed = new HashSet<>();
  private int core;
  private boolean inDomain = true;
  private int extraVirtualHeap;

  HeapsBoard(Scenario scenario) {
    this.scenario = scenario;
    this.machine = new HeapsMachine(scenario.config());
    this.state = new HeapsState(machine);
    this.memory = new RawMemory(scenario, machine.ram);
  }

  @Override
  public ObjectNode perform(JsonNode step, JsonNode wanted) {
    ObjectNode seen = JsonNodeFactory.instance.objectNode();
    machine.observer.begin();
    // Asked before the step: the one that frees a region is still allowed.
    boolean afterFree = destroyed.contains(step.path("vregion").asText());
    try {
      operate(step, seen);
    } catch (RuntimeException fault) {
      String name = Faults.name(fault);
      if (Faults.isLogged(fault)) {
        machine.observer.error(name);
      }
      seen.removeAll();
      seen.put("void", true);
      seen.put("fault", name);
    }
    machine.enterKernel(core);
    machine.observer.report(seen);
    if (afterFree) {
      seen.put("use_after_free", true);
    }
    seen.set("state", state.changes());
    return seen;
  }

  private void operate(JsonNode step, ObjectNode seen) {
    String op = step.path("op").asText();
    int size = (int) step.path("size").asLong();
    int align = (int) step.path("align").asLong();
    int pointer = machine.pointers.parse(step.path("ptr"));
    switch (op) {
      case "boot_heaps" -> {
        state.heap("system", machine.systemHeap);
        if (machine.hasShared()) {
          state.heap("shared", machine.sharedHeap);
        }
        if (machine.hasL3()) {
          state.heap("l3", machine.l3Heap);
        }
        machine.bootHeaps();
        status(seen, 0);
      }
      case "boot_virtual_heap" -> status(seen, machine.bootVirtualHeap());
      case "boot_vpages" -> {
        machine.bootVirtualPages();
        state.virtualPages();
        status(seen, 0);
      }
      case "boot_user_heap" -> {
        result(step, seen, machine.bootUserHeap());
        state.heap("user", machine.userHeap);
      }
      case "l3_save" -> {
        machine.saveL3();
        seen.put("void", true);
      }
      case "l3_reboot" -> {
        machine.reboot();
        state.forget("l3");
        status(seen, 0);
      }
      case "core" -> {
        core = step.path("value").asInt();
        machine.enterKernel(core);
        seen.put("void", true);
      }
      case "user_in_domain" -> {
        inDomain = step.path("value").asInt() != 0;
        seen.put("void", true);
      }
      case "module_heap" -> moduleHeap(step, seen, size);
      case "rmalloc" -> result(step, seen, machine.sofHeap.rmalloc(flags(step), size));
      case "rmalloc_align" ->
          result(step, seen, machine.sofHeap.rmallocAlign(flags(step), size, align));
      case "rzalloc" -> zeroed(step, seen, machine.sofHeap.rzalloc(flags(step), size), size);
      case "rballoc" ->
          result(
              step, seen, machine.sofHeap.rballocAlign(flags(step), size, CacheAliases.LINE_BYTES));
      case "rballoc_align" ->
          result(step, seen, machine.sofHeap.rballocAlign(flags(step), size, align));
      case "rfree" -> {
        machine.sofHeap.rfree(pointer);
        seen.put("void", true);
      }
      case "sof_heap_alloc" ->
          result(step, seen, machine.sofHeap.alloc(heap(step), flags(step), size, align));
      case "sof_heap_free" -> {
        machine.sofHeap.free(heap(step), pointer);
        seen.put("void", true);
      }
      case "sys_heap_alloc" -> {
        machine.enterUser(core, inDomain);
        result(step, seen, machine.sofHeap.alloc(heap(step), flags(step), size, align));
      }
      case "sys_heap_free" -> {
        machine.enterUser(core, inDomain);
        machine.sofHeap.free(heap(step), pointer);
        seen.put("void", true);
      }
      case "fill" -> {
        memory.fill(step, pointer);
        seen.put("void", true);
      }
      case "bytes" -> {
        seen.put("void", true);
        memory.bytes(step, pointer, seen.putArray("bytes"));
      }
      default -> operatePages(op, step, seen, size, align, pointer);
    }
  }

  private void operatePages(
      String op, JsonNode step, ObjectNode seen, int size, int align, int pointer) {
    int region = regions.getOrDefault(step.path("vregion").asText(), 0);
    switch (op) {
      case "add_region" -> {
        machine.addRegion(size);
        status(seen, 0);
      }
      case "vmh_init" -> {
        initVirtualHeap(step);
        seen.put("void", true);
        seen.put("created", extraVirtualHeap != 0);
      }
      case "vmh_alloc" -> result(step, seen, machine.virtual.alloc(extraVirtualHeap, size));
      case "vmh_free" -> status(seen, machine.virtual.free(extraVirtualHeap, pointer));
      case "vmh_free_heap" -> {
        int status = machine.virtual.freeHeap(extraVirtualHeap, machine.sofHeap.kernelMemory());
        if (status == 0) {
          extraVirtualHeap = 0;
          state.extraVirtualHeap(0);
        }
        status(seen, status);
      }
      case "vpage_alloc" ->
          result(step, seen, machine.virtualPages.alloc((int) step.path("pages").asLong()));
      case "vpage_free" -> {
        machine.virtualPages.free(pointer);
        seen.put("void", true);
      }
      case "vregion_create" -> {
        int created = machine.regions.create(size);
        String name = step.path("id").asText();
        regions.put(name, created);
        destroyed.remove(name);
        if (created != 0) {
          state.region(name, created);
        }
        result(step, seen, created);
      }
      case "vregion_get" -> {
        boolean same = machine.regions.get(region) != 0;
        seen.put("void", true);
        seen.put("same", same);
      }
      case "vregion_put" -> {
        boolean gone = machine.regions.put(region) == 0;
        if (gone && region != 0) {
          state.dropRegion(step.path("vregion").asText());
          destroyed.add(step.path("vregion").asText());
        }
        seen.put("void", true);
        seen.put("destroyed", gone);
      }
      case "vregion_set_interim" -> {
        machine.regions.setInterim(region);
        seen.put("void", true);
      }
      case "vregion_alloc", "vregion_alloc_align" ->
          result(step, seen, machine.regions.alloc(region, size, align));
      case "vregion_alloc_coherent", "vregion_alloc_coherent_align" ->
          result(step, seen, machine.regions.allocCoherent(region, size, align));
      case "vregion_free" -> {
        machine.regions.free(region, pointer);
        seen.put("void", true);
      }
      default ->
          throw new ScenarioFormatException(
              scenario.file() + ": unknown operation in " + step, null);
    }
  }

  private static void status(ObjectNode seen, int status) {
    seen.put("void", true);
    seen.put("rc", status);
  }

  private void result(JsonNode step, ObjectNode seen, int address) {
    machine.pointers.name(step.path("id").asText(), address);
    seen.set("ptr", machine.pointers.view(address));
  }

  private void zeroed(JsonNode step, ObjectNode seen, int address, int size) {
    result(step, seen, address);
    boolean zero = address != 0;
    for (int i = 0; zero && i < size; i++) {
      zero = machine.ram.load8(address + i) == 0;
    }
    seen.put("zeroed", zero);
  }

  private void moduleHeap(JsonNode step, ObjectNode seen, int size) {
    int block =
        machine.sofHeap.rballocAlign(
            MemFlags.USER | MemFlags.COHERENT, size, PageDriver.PAGE_BYTES);
    result(step, seen, block);
    if (block == 0) {
      return;
    }
    String name = step.path("id").asText();
    int kHeap = machine.allocateStatic(KHeap.STRUCT.size());
    moduleHeaps.put(name, kHeap);
    if (step.path("record_range").asBoolean()) {
      machine.sofHeap.initHeap(kHeap, block, size);
    } else {
      machine.sysHeap.init(kHeap, block, size);
    }
    state.heap(name, kHeap);
  }

  private void initVirtualHeap(JsonNode step) {
    List<VirtualHeap.Bundle> bundles = new ArrayList<>();
    for (JsonNode block : step.path("blocks")) {
      bundles.add(new VirtualHeap.Bundle(block.path(0).asInt(), block.path(1).asInt()));
    }
    extraVirtualHeap = machine.makeVirtualHeap(bundles, step.path("contiguous").asBoolean());
    state.extraVirtualHeap(extraVirtualHeap);
  }

  private int heap(JsonNode step) {
    String name = step.path("heap").asText();
    return switch (name) {
      case "null" -> 0;
      case "system" -> machine.systemHeap;
      case "shared" -> machine.sharedHeap;
      case "l3" -> machine.l3Heap;
      case "user" -> machine.userHeap;
      default -> {
        Integer heap = moduleHeaps.get(name);
        if (heap == null) {
          throw new ScenarioFormatException(
              scenario.file() + ": there is no heap '" + name + "'", null);
        }
        yield heap;
      }
    };
  }

  private int flags(JsonNode step) {
    int flags = 0;
    for (JsonNode flag : step.path("flags")) {
      Integer known = FLAGS.get(flag.asText());
      try {
        flags |= known == null ? (int) Long.parseLong(flag.asText()) : known;
      } catch (NumberFormatException e) {
        throw new ScenarioFormatException(
            scenario.file() + ": unknown flag '" + flag.asText() + "'", e);
      }
    }
    return flags;
  }
}
