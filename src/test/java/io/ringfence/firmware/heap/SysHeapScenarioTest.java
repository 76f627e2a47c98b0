package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.MemoryFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every recorded scenario of the real chunk allocator; see oracle-heap/FORMAT.md. */
class SysHeapScenarioTest {
  private static final Path FOLDER = Path.of("src/test/resources/oracle-heap/sys_heap");
  private static final int SCENARIOS = 103;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  List<DynamicTest> everyRecordedScenarioBehavesAsTheRealAllocator() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<DynamicTest> tests =
          files
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          file.getFileName().toString(),
                          () -> new Run(JSON.readTree(file.toFile())).run()))
              .toList();
      assertThat(tests).as("scenarios in %s", FOLDER).hasSize(SCENARIOS);
      return tests;
    }
  }

  private static final class Run {
    private final JsonNode scenario;
    private final HeapConfig config;
    private final HeapBoard board;
    private final Map<String, Integer> pointers = new HashMap<>();
    private int buffer;

    Run(JsonNode scenario) {
      this.scenario = scenario;
      JsonNode given = scenario.get("config");
      config =
          new HeapConfig(
              given.get("header_bytes").asInt() == 8,
              given.get("hardening").asInt(),
              given.get("asserts").asBoolean(),
              given.get("runtime_stats").asBoolean(),
              given.get("alloc_loops").asInt());
      assertThat(given.get("memory_base").asLong()).isEqualTo(HeapBoard.BUFFER);
      board = new HeapBoard(config, given.get("memory_fill").asInt());
    }

    void run() {
      JsonNode steps = scenario.get("steps");
      JsonNode allExpected = scenario.get("expected");
      assertThat(steps).hasSameSizeAs(allExpected);
      for (int i = 0; i < steps.size(); i++) {
        JsonNode expected = allExpected.get(i);
        Map<String, Object> actual = perform(steps.get(i));
        String where = "step " + i + " " + steps.get(i);
        assertThat(actual.get("fault"))
            .as(where)
            .isEqualTo(expected.has("fault") ? expected.get("fault").asText() : null);
        if (expected.has("ub") || "wild-access".equals(actual.get("fault"))) {
          return;
        }
        if (expected.has("heap")) {
          actual.put("heap", dump());
        }
        assertThat(JSON.valueToTree(actual).toPrettyString())
            .as(where)
            .isEqualTo(sorted(expected).toPrettyString());
      }
    }

    /** Performs a step and returns what was observed, under the names of the corpus. */
    private Map<String, Object> perform(JsonNode step) {
      Map<String, Object> seen = new java.util.TreeMap<>();
      try {
        operate(step, seen);
      } catch (FirmwareStop stop) {
        seen.clear();
        seen.put("fault", stop.reason().name().toLowerCase(Locale.ROOT));
        seen.put("rc", 0);
        if (stop instanceof KernelPanic) {
          seen.put("errors_logged", 1);
        }
      } catch (MemoryFault fault) {
        seen.clear();
        seen.put("fault", "wild-access");
      }
      return seen;
    }

    private void operate(JsonNode step, Map<String, Object> seen) {
      int sys = HeapBoard.SYS_HEAP;
      int size = (int) step.path("size").asLong();
      int align = (int) step.path("align").asLong();
      switch (step.get("op").asText()) {
        case "init" -> {
          buffer = HeapBoard.BUFFER + step.get("base_offset").asInt();
          board.heap.init(sys, buffer, size);
          int heap = zHeap();
          int end = board.ram.load32(heap + 8);
          seen.put("rc", 0);
          seen.put("heap_at", heap - buffer);
          seen.put("end_chunk", end);
          seen.put("big", config.bigOnly() || end > 0x7fff);
        }
        case "alloc" -> result(step, seen, board.heap.alloc(sys, size));
        case "aligned_alloc" -> result(step, seen, board.heap.alignedAlloc(sys, align, size));
        case "realloc" -> result(step, seen, board.heap.realloc(sys, pointer(step), size));
        case "aligned_realloc" ->
            result(step, seen, board.heap.alignedRealloc(sys, pointer(step), align, size));
        case "free" -> {
          board.heap.free(sys, pointer(step));
          seen.put("rc", 0);
        }
        case "usable_size" -> {
          seen.put("rc", 0);
          seen.put("size", board.heap.usableSize(sys, pointer(step)));
        }
        case "fill" -> {
          board.ram.fill(pointer(step), step.get("count").asInt(), step.get("value").asInt());
          seen.put("rc", 0);
        }
        case "bytes" -> {
          int[] bytes = new int[step.get("count").asInt()];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = board.ram.load8(pointer(step) + i);
          }
          seen.put("rc", 0);
          seen.put("bytes", bytes);
        }
        default -> throw new IllegalArgumentException("unknown operation in " + step);
      }
    }

    private void result(JsonNode step, Map<String, Object> seen, int pointer) {
      pointers.put(step.get("id").asText(), pointer);
      seen.put("offset", pointer == 0 ? null : pointer - buffer);
    }

    private int pointer(JsonNode step) {
      JsonNode node = step.get("ptr");
      if (node.isNull()) {
        return 0;
      }
      String text = node.asText();
      if (text.startsWith("@")) {
        return buffer + Integer.parseInt(text.substring(1));
      }
      int split = Math.max(text.indexOf('+'), text.indexOf('-'));
      String name = split < 0 ? text : text.substring(0, split);
      return pointers.getOrDefault(name, 0)
          + (split < 0 ? 0 : Integer.parseInt(text.substring(split)));
    }

    private int zHeap() {
      return board.cpu.load(SysHeap.HEAP, HeapBoard.SYS_HEAP);
    }

    private Map<String, Object> dump() {
      HeapDump dump = HeapDump.of(board.ram, zHeap(), config.bigOnly(), config.runtimeStats());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("chunks", dump.chunks());
      fields.put("buckets", dump.buckets());
      put(fields, "walk_broken", dump.walkBroken());
      put(fields, "bad_left", dump.badLeft().isEmpty() ? null : dump.badLeft());
      put(fields, "stats", dump.statistics());
      return new java.util.TreeMap<>(fields);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value);
      }
    }

    /** Orders the members of the expectation, at both levels, for a readable comparison. */
    private static JsonNode sorted(JsonNode expected) {
      var result = JSON.createObjectNode();
      Set<String> names = new TreeSet<>();
      expected.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        JsonNode value = expected.get(name);
        result.set(name, name.equals("heap") ? sorted(value) : value);
      }
      return result;
    }
  }
}
