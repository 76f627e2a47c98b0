package io.ringfence.binding.catalog;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Switches;
import io.ringfence.binding.cache.CachedBlocksBinding;
import io.ringfence.binding.cache.CachedRegionBinding;
import io.ringfence.binding.chain.ChainBinding;
import io.ringfence.binding.chunks.ChunksBinding;
import io.ringfence.binding.component.ComponentBinding;
import io.ringfence.binding.dma.DmaChannelsBinding;
import io.ringfence.binding.dma.DmaConfigBinding;
import io.ringfence.binding.domain.DomainBinding;
import io.ringfence.binding.edf.EdfBinding;
import io.ringfence.binding.fastget.FastGetBinding;
import io.ringfence.binding.isolation.IsolationBinding;
import io.ringfence.binding.l3.L3Binding;
import io.ringfence.binding.ll.LlBinding;
import io.ringfence.binding.mdom.MdomBinding;
import io.ringfence.binding.module.ModuleBinding;
import io.ringfence.binding.objects.ObjectsBinding;
import io.ringfence.binding.ownership.OwnershipBinding;
import io.ringfence.binding.pages.PagesBinding;
import io.ringfence.binding.regions.RegionsBinding;
import io.ringfence.binding.tasks.TasksBinding;
import io.ringfence.binding.trust.TrustBinding;
import io.ringfence.binding.vmh.VirtualHeapBinding;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The bindings that exist, one for each detailed spec. */
public final class Bindings {
  /** How to bind a spec. */
  private record Binding(
      Set<String> constants, BiFunction<Map<String, Value>, Switches, BoundFirmware> open) {}

  private static final Map<String, Binding> BINDINGS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "CachedMemory",
                  new Binding(CachedBlocksBinding.CONSTANTS, CachedBlocksBinding::open)),
              Map.entry(
                  "CachedRegion",
                  new Binding(CachedRegionBinding.CONSTANTS, CachedRegionBinding::open)),
              Map.entry("ChainDma", new Binding(ChainBinding.CONSTANTS, ChainBinding::open)),
              Map.entry(
                  "DmaChannels",
                  new Binding(DmaChannelsBinding.CONSTANTS, DmaChannelsBinding::open)),
              Map.entry(
                  "DmaSyscalls", new Binding(DmaConfigBinding.CONSTANTS, DmaConfigBinding::open)),
              Map.entry("EdfScheduler", new Binding(EdfBinding.CONSTANTS, EdfBinding::open)),
              Map.entry("FastGet", new Binding(FastGetBinding.CONSTANTS, FastGetBinding::open)),
              Map.entry(
                  "HeapIsolation", new Binding(IsolationBinding.CONSTANTS, IsolationBinding::open)),
              Map.entry(
                  "KernelObjects", new Binding(ObjectsBinding.CONSTANTS, ObjectsBinding::open)),
              Map.entry("KernelTrust", new Binding(TrustBinding.CONSTANTS, TrustBinding::open)),
              Map.entry("LlDomain", new Binding(DomainBinding.CONSTANTS, DomainBinding::open)),
              Map.entry("LlScheduler", new Binding(LlBinding.CONSTANTS, LlBinding::open)),
              Map.entry("L3Heap", new Binding(L3Binding.CONSTANTS, L3Binding::open)),
              Map.entry("ModuleDomains", new Binding(MdomBinding.CONSTANTS, MdomBinding::open)),
              Map.entry("ModuleMemory", new Binding(ModuleBinding.CONSTANTS, ModuleBinding::open)),
              Map.entry(
                  "SchedulerOwnership",
                  new Binding(OwnershipBinding.CONSTANTS, OwnershipBinding::open)),
              Map.entry(
                  "SharedComponent",
                  new Binding(ComponentBinding.CONSTANTS, ComponentBinding::open)),
              Map.entry("SysHeap", new Binding(ChunksBinding.CONSTANTS, ChunksBinding::open)),
              Map.entry("TaskSyscalls", new Binding(TasksBinding.CONSTANTS, TasksBinding::open)),
              Map.entry(
                  "VirtualHeap",
                  new Binding(VirtualHeapBinding.CONSTANTS, VirtualHeapBinding::open)),
              Map.entry("VirtualPages", new Binding(PagesBinding.CONSTANTS, PagesBinding::open)),
              Map.entry(
                  "VirtualRegion", new Binding(RegionsBinding.CONSTANTS, RegionsBinding::open))));

  private Bindings() {}

  /** The specs that are bound to firmware. */
  public static List<String> specs() {
    return List.copyOf(BINDINGS.keySet());
  }

  /** The constants of a spec that {@link #open} needs. */
  public static Set<String> constants(String spec) {
    return binding(spec).constants();
  }

  /**
   * Builds the firmware that a model describes.
   *
   * @param spec module name of the spec
   * @param constants the model's constants, at least {@link #constants}
   * @throws BindingException if there is no such spec, a constant is missing or has a value that
   *     the firmware has no counterpart for, or a switch is unknown
   */
  public static BoundFirmware open(String spec, Map<String, Value> constants, Switches switches) {
    return binding(spec).open().apply(constants, switches);
  }

  private static Binding binding(String spec) {
    Binding binding = BINDINGS.get(spec);
    if (binding == null) {
      throw new BindingException(
          "no binding for the spec '" + spec + "'; there is one for " + specs());
    }
    return binding;
  }
}
