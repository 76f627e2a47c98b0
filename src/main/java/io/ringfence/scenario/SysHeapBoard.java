package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import java.util.HashMap;
import java.util.Map;

/**
 * A chunk allocator alone: a buffer filled with a pattern, nothing mapped around it. The buffer is
 * as large as that of the recorded runs, so that a wild access is wild here exactly if it was
 * there.
 */
final class SysHeapBoard implements Board {
  private static final int BUFFER_BYTES = 1024 * 1024;
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int GAP = 16 * PAGE;

  private final Scenario scenario;
  private final HeapConfig config;
  private final Ram ram;
  private final RawMemory memory;
  private final Cpu cpu;
  private final SysHeap heap;
  private final int sysHeap;
  private final Map<String, Integer> pointers = new HashMap<>();
  private int buffer;

  SysHeapBoard(Scenario scenario) {
    this.scenario = scenario;
    JsonNode given = scenario.config();
    this.config =
        new HeapConfig(
            given.path("header_bytes").asInt() == 8,
            given.path("hardening").asInt(),
            given.path("asserts").asBoolean(),
            given.path("runtime_stats").asBoolean(),
            given.path("alloc_loops").asInt());
    this.buffer = (int) given.path("memory_base").asLong();
    this.sysHeap = buffer + BUFFER_BYTES + GAP;
    this.ram = new Ram(buffer, BUFFER_BYTES + GAP + 2 * PAGE);
    this.memory = new RawMemory(scenario, ram);
    MemoryDomains domains = new MemoryDomains(ram, sysHeap + PAGE, 2);
    domains.initialize();
    domains.unmap(buffer + BUFFER_BYTES, GAP);
    this.cpu = new Cpu(ram, domains);
    ram.fill(buffer, BUFFER_BYTES, given.path("memory_fill").asInt());
    ram.shadow().declareStatic(buffer, BUFFER_BYTES);
    ram.shadow().declareStatic(sysHeap, PAGE);
    ram.shadow().freeze();
    this.heap = new SysHeap(cpu, config);
  }

  @Override
  public ObjectNode perform(JsonNode step, JsonNode wanted) {
    ObjectNode seen = JsonNodeFactory.instance.objectNode();
    try {
      operate(step, seen);
    } catch (FirmwareStop stop) {
      seen.removeAll();
      seen.put("fault", Faults.name(stop));
      seen.put("rc", 0);
      if (stop instanceof KernelPanic) {
        seen.put("errors_logged", 1);
      }
    } catch (MemoryFault fault) {
      seen.removeAll();
      seen.put("fault", "wild-access");
    }
    if (wanted.has("heap")) {
      seen.set(
          "heap", HeapView.of(HeapDump.of(ram, zHeap(), config.bigOnly(), config.runtimeStats())));
    }
    return seen;
  }

  private void operate(JsonNode step, ObjectNode seen) {
    int size = (int) step.path("size").asLong();
    int align = (int) step.path("align").asLong();
    switch (step.path("op").asText()) {
      case "init" -> init(step, seen, size);
      case "alloc" -> result(step, seen, heap.alloc(sysHeap, size));
      case "aligned_alloc" -> result(step, seen, heap.alignedAlloc(sysHeap, align, size));
      case "realloc" -> result(step, seen, heap.realloc(sysHeap, pointer(step), size));
      case "aligned_realloc" ->
          result(step, seen, heap.alignedRealloc(sysHeap, pointer(step), align, size));
      case "free" -> {
        heap.free(sysHeap, pointer(step));
        seen.put("rc", 0);
      }
      case "usable_size" -> {
        seen.put("rc", 0);
        seen.put("size", Integer.toUnsignedLong(heap.usableSize(sysHeap, pointer(step))));
      }
      case "fill" -> {
        memory.fill(step, pointer(step));
        seen.put("rc", 0);
      }
      case "bytes" -> {
        seen.put("rc", 0);
        memory.bytes(step, pointer(step), seen.putArray("bytes"));
      }
      default ->
          throw new ScenarioFormatException(
              scenario.file() + ": unknown operation in " + step, null);
    }
  }

  private void init(JsonNode step, ObjectNode seen, int size) {
    buffer =
        (int) scenario.config().path("memory_base").asLong() + step.path("base_offset").asInt();
    heap.init(sysHeap, buffer, size);
    int end = ram.load32(zHeap() + 8);
    seen.put("rc", 0);
    seen.put("heap_at", zHeap() - buffer);
    seen.put("end_chunk", end);
    seen.put("big", config.bigOnly() || end > 0x7fff);
  }

  private void result(JsonNode step, ObjectNode seen, int pointer) {
    pointers.put(step.path("id").asText(), pointer);
    if (pointer == 0) {
      seen.putNull("offset");
    } else {
      seen.put("offset", pointer - buffer);
    }
  }

  private int pointer(JsonNode step) {
    JsonNode node = step.path("ptr");
    if (node.isNull()) {
      return 0;
    }
    String text = node.asText();
    try {
      if (text.startsWith("@")) {
        return buffer + Integer.parseInt(text.substring(1));
      }
      int split = Math.max(text.indexOf('+'), text.indexOf('-'));
      String name = split < 0 ? text : text.substring(0, split);
      return pointers.getOrDefault(name, 0)
          + (split < 0 ? 0 : Integer.parseInt(text.substring(split)));
    } catch (NumberFormatException e) {
      throw new ScenarioFormatException(
          scenario.file() + ": '" + text + "' is no pointer in " + step, e);
    }
  }

  private int zHeap() {
    return cpu.load(SysHeap.HEAP, sysHeap);
  }
}
