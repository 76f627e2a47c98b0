package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A trace of {@code spec/FastGet.tla} as calls of modules that share copies of constant data. */
final class FastGetCalls implements CFamily {
  private final Trace trace;
  private final LlTraces.Constants given;
  private final List<String> modules;

  FastGetCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    this.modules = List.copyOf(ActionArguments.names(trace, "m"));
  }

  private boolean isUser(String module) {
    return given.names("UserModules").contains(module);
  }

  /** The heap that the test makes for a module; empty if it uses the system heap. */
  private String heap(String module) {
    String heap = given.text("HeapOf", module);
    return heap.equals("system") ? "" : Plain.name(heap);
  }

  private Set<String> heaps() {
    Set<String> heaps = new LinkedHashSet<>();
    modules.stream().map(this::heap).filter(heap -> !heap.isEmpty()).forEach(heaps::add);
    return heaps;
  }

  @Override
  public List<String> includes() {
    return List.of(
        "rtos/alloc.h", "sof/audio/module_adapter/module/generic.h", "sof/lib/fast-get.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    if (!heaps().isEmpty()) {
      lines.addAll(HeapUse.maker());
    }
    if (modules.stream().anyMatch(this::isUser)) {
      lines.addAll(UserDomains.declarations());
    }
    lines.addAll(
        CTestSource.lines(
            """
            #define HEAP_BYTES (8 * 4096)

            /* Constant data. A copy of more than half a page gets pages of its own. */
            static const __unused uint8_t small[64] = { 1, 2, 3 };
            static const uint8_t large[3000] = { 4, 5, 6 };

            struct module {
            	struct processing_module mod;
            	struct mod_alloc_ctx ctx;
            	const void *small;
            	const void *large;
            };
            """));
    lines.add("");
    for (String module : modules) {
      lines.add("ZTEST_BMEM static struct module module_" + module + ";");
      if (isUser(module)) {
        lines.add("static struct k_mem_domain domain_" + module + ";");
      }
    }
    for (String heap : heaps()) {
      lines.add("static uint8_t memory_" + heap + "[HEAP_BYTES] __aligned(4096);");
      lines.add("static struct k_heap heap_" + heap + ";");
      lines.add("static size_t before_" + heap + ";");
    }
    lines.add("");
    lines.addAll(
        CTestSource.lines(
            """
            static void make_module(struct module *m, struct k_heap *heap, struct k_mem_domain *known)
            {
            	m->ctx.heap = heap;
            	m->mod.priv.resources.alloc = &m->ctx;
            	m->mod.mdom = known;
            	mod_resource_init(&m->mod);
            }

            /* Gets a copy, and reads it as whoever has it may. */
            static const void *get(struct module *m, const uint8_t *data, size_t bytes)
            {
            	const volatile uint8_t *copy = mod_fast_get(&m->mod, data, bytes);

            	zassert_not_null((const void *)copy, "there is room for a copy");
            	for (size_t i = 0; copy && i < bytes; i++)
            		zassert_equal(copy[i], data[i], "byte %zu of a copy", i);
            	return (const void *)copy;
            }

            /* What is asked for again and again and always given back takes no memory. */
            static __unused void check_again(void)
            {
            	size_t once = 0;

            	for (int i = 0; i < 100; i++) {
            		const void *copy = fast_get(NULL, large, sizeof(large));

            		zassert_not_null(copy);
            		fast_put(NULL, NULL, copy);
            		if (!i)
            			once = in_use(sof_sys_heap_get());
            	}
            	zassert_equal(in_use(sof_sys_heap_get()), once, "the pool of copies grows");
            }

            static __unused bool maps(const struct k_mem_domain *domain, const void *copy)
            {
            	for (int i = 0; copy && i < CONFIG_MAX_DOMAIN_PARTITIONS; i++)
            		if (domain->partitions[i].size &&
            		    domain->partitions[i].start == (uintptr_t)copy)
            			return true;
            	return false;
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return modules.stream().map(module -> new CThread(module, isUser(module), 0)).toList();
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    for (String heap : heaps()) {
      lines.add("make_heap(&heap_" + heap + ", memory_" + heap + ", HEAP_BYTES);");
    }
    for (int i = 0; i < modules.size(); i++) {
      String module = modules.get(i);
      String heap = heap(module);
      boolean known = isUser(module) && given.flag("KnowsDomain");
      lines.add(
          "make_module(&module_"
              + module
              + ", "
              + (heap.isEmpty() ? "NULL" : "&heap_" + heap)
              + ", "
              + (known ? "&domain_" + module : "NULL")
              + ");");
      if (isUser(module)) {
        lines.add("make_domain(&domain_" + module + ", ringfence_tids[" + i + "]);");
      }
      if (isUser(module) && !heap.isEmpty()) {
        lines.add("map(&domain_" + module + ", (uintptr_t)memory_" + heap + ", HEAP_BYTES);");
      }
    }
    heaps().forEach(heap -> lines.add("before_" + heap + " = in_use(&heap_" + heap + ");"));
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, call -> ActionArguments.text(call, "m"), FastGetCalls::code);
  }

  private static List<String> code(ActionCall call) {
    String module = "module_" + Plain.name(ActionArguments.text(call, "m"));
    String object = object(call);
    return switch (call.name()) {
      case "Get" ->
          List.of(
              module
                  + "."
                  + object
                  + " = get(&"
                  + module
                  + ", "
                  + object
                  + ", sizeof("
                  + object
                  + "));");
      case "Put" -> List.of("mod_free(&" + module + ".mod, " + module + "." + object + ");");
      case "GetFails" -> throw ExportException.noFailure(call);
      default -> throw new ExportException(call + " is no call of a module");
    };
  }

  private static String object(ActionCall call) {
    String object = ActionArguments.text(call, "o");
    if (!object.equals("small") && !object.equals("large")) {
      throw new ExportException(call + ": an object should be small or large");
    }
    return object;
  }

  /** How many copies of an object a module holds in the end. */
  private Map<String, Integer> held() {
    Map<String, Integer> held = new TreeMap<>();
    ActionArguments.calls(trace).stream()
        .forEach(
            call ->
                held.merge(
                    ActionArguments.text(call, "m") + "." + object(call),
                    call.name().equals("Get") ? 1 : -1,
                    Integer::sum));
    return held;
  }

  private boolean asksForLeaks() {
    return trace.meta().get(TraceMeta.PROPERTY).orElse("").startsWith("NoLeak");
  }

  @Override
  public List<String> verdict(String property) {
    Map<String, Integer> held = held();
    List<String> lines = new ArrayList<>();
    lines.add(Verdicts.returned(property));
    if (held.values().stream().allMatch(count -> count == 0)) {
      modules.forEach(module -> lines.add("mod_free_all(&module_" + module + ".mod);"));
      heaps()
          .forEach(
              heap ->
                  lines.add(
                      "zassert_equal(in_use(&heap_"
                          + heap
                          + "), before_"
                          + heap
                          + ", \"a copy went to another heap: "
                          + property
                          + "\");"));
    }
    for (String module : modules) {
      if (isUser(module) && held.getOrDefault(module + ".large", 0) == 0) {
        lines.add(
            "zassert_false(maps(&domain_"
                + module
                + ", module_"
                + module
                + ".large), \"a page stays mapped: "
                + property
                + "\");");
      }
    }
    if (asksForLeaks()) {
      lines.add("check_again();");
    }
    return lines;
  }
}
