package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.fastget.FastGet;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.heap.VirtualRegions;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The memory around one module: the system heap with an object of the kernel in it, the module's
 * heap and region, the heap of another module, and a page of the module's in which it has put
 * together a heap and a region of its own design.
 */
final class ModuleMachine {
  /** The size of the kernel's object in bytes. */
  static final int VICTIM_BYTES = 1024;

  /** What the kernel's object is filled with. */
  static final int PATTERN = 0x5a5a5a5a;

  /** An address where nothing is mapped. */
  static final int OUTSIDE = 0x70000000;

  /** The size of the data that another module has a copy of: more than half a page. */
  static final int SHARED_BYTES = FastGet.MAX_COPY_BYTES + 1;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final String KERNEL_FUNCTION = "sys_poweroff";
  private static final int STATIC_PAGES = 2;
  private static final int REGION_PAGES = 2;
  private static final int OTHER_PAGES = 1;
  private static final int LINE = CacheAliases.LINE_BYTES;

  final SmallMachine machine;
  final Cpu cpu;
  final SofHeap sofHeap;
  final VirtualRegions regions;
  final ObjectPool pools;
  final BlobHandlers blobs;
  final ModuleMemory memory;
  final int domain;

  final int systemHeap;
  final int ownHeap;
  final int otherHeap;

  /** The module's {@code vregion}, 0 without. */
  final int region;

  /** The page with the forged heap and region. */
  final int scratch;

  final int forgedHeap;
  final int forgedRegion;

  /** A page of constant data that the module may read. */
  final int constants;

  /** Constant data, beside that, which another module has a copy of in a build with regions. */
  final int sharedConstants;

  /** That copy, or 0 in a build without regions. */
  final int sharedCopy;

  /** The memory domain of the other module. */
  final int otherDomain;

  /** The {@code k_mem_domain} of the other module. */
  final int otherMdom;

  /** A block of the other module. */
  final int otherBlock;

  /** The address of a function of the kernel that no module should reach. */
  final int kernelFunction;

  /** The address of a word that counts how often it was called. */
  final int strayCalls;

  final int victim;
  final int module;
  final int context;

  /** Where the memory of a heap starts, and its size; the region's is in the uncached window. */
  record Memory(int start, int bytes) {
    boolean contains(int address) {
      return Integer.compareUnsigned(address - start, bytes) < 0;
    }
  }

  final Memory systemMemory;
  final Memory ownMemory;
  final Memory otherMemory;
  final Memory regionMemory;

  private String lastError = "";

  /**
   * Boots.
   *
   * @param hasHeap whether the module is given a heap
   * @param hasRegion whether it is given a region
   * @param heapPages size of the system heap and of the module's heap
   */
  ModuleMachine(Design design, boolean hasHeap, boolean hasRegion, int heapPages) {
    int systemPages = hasRegion ? heapPages + 2 : heapPages;
    int pages = systemPages + heapPages + REGION_PAGES + OTHER_PAGES + 4;
    machine = new SmallMachine(STATIC_PAGES, pages, 2, true);
    cpu = machine.cpu();
    SysHeap sysHeap = new SysHeap(cpu, HeapConfig.RELEASE);
    systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    ownHeap = machine.allocateStatic(KHeap.STRUCT.size());
    otherHeap = machine.allocateStatic(KHeap.STRUCT.size());
    HeapPlatform platform =
        new HeapPlatform() {
          @Override
          public void error(String message) {
            lastError = message;
          }
        };
    sofHeap =
        new SofHeap(
            cpu,
            sysHeap,
            new SofHeap.Layout(systemHeap, ownHeap, machine.allocateStatic(4), false),
            OtherHeaps.NONE,
            platform,
            true);
    systemMemory = memory(systemPages);
    ownMemory = memory(heapPages);
    regionMemory = memory(REGION_PAGES);
    otherMemory = memory(OTHER_PAGES);
    scratch = memory(1).start();
    regions =
        new VirtualRegions(
            cpu, sofHeap, sysHeap, virtualPages(design), platform, Design.merged(), false);
    pools = new ObjectPool(cpu, sofHeap, regions);
    constants = memory(2).start();
    sharedConstants = constants + PAGE;
    strayCalls = machine.allocateStatic(4);
    FunctionTable<IntConsumer> code = code();
    kernelFunction = code.address(KERNEL_FUNCTION);
    int copies = machine.allocateStatic(FastGet.DATA.size());
    blobs = new BlobHandlers(cpu, sofHeap, code, design);
    ModuleContents contents =
        new ModuleContents(
            cpu,
            sofHeap,
            regions,
            new FastGet(cpu, sofHeap, hasRegion ? regions : null, pools, platform, copies, design),
            blobs,
            platform,
            design);
    int moduleRecord = machine.allocateStatic(ProcessingModule.RECORD.size());
    memory = new ModuleMemory(cpu, sofHeap, pools, contents, moduleRecord, design);

    sofHeap.initSystemHeap(systemMemory.start(), systemMemory.bytes());
    sofHeap.initHeap(ownHeap, ownMemory.start(), ownMemory.bytes());
    sofHeap.initHeap(otherHeap, otherMemory.start(), otherMemory.bytes());
    otherBlock = sofHeap.alloc(otherHeap, 0, LINE, 0);
    victim = sofHeap.rmallocAlign(0, VICTIM_BYTES, LINE);
    for (int i = 0; i < VICTIM_BYTES; i += 4) {
      cpu.store32(victim + i, PATTERN);
    }
    machine.ram().shadow().declareStatic(regionMemory.start(), regionMemory.bytes());
    region = hasRegion ? regions.create(regionMemory.bytes()) : 0;
    domain = machine.domains().create();
    grant(ownMemory);
    grant(regionMemory);
    grant(new Memory(scratch, PAGE));
    ram().shadow().declareStatic(constants, 2 * PAGE);
    machine
        .domains()
        .add(domain, new Partition("constants", constants, 2 * PAGE, EnumSet.of(Access.READ)));
    otherDomain = machine.domains().create();
    otherMdom = mdom(otherDomain);
    cpu.enter(Mode.KERNEL, otherDomain, 0, 0);
    sharedCopy = hasRegion ? contents.copy(AllocContext.SYSTEM, sharedConstants, SHARED_BYTES) : 0;
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);

    // module_adapter_mem_alloc()
    int moduleHeap = hasHeap ? ownHeap : 0;
    int bytes = ProcessingModule.STRUCT.size();
    module =
        hasRegion
            ? regions.allocCoherent(region, bytes, 0)
            : sofHeap.alloc(moduleHeap, 0, bytes, 0);
    cpu.zero(module, bytes);
    context = sofHeap.alloc(moduleHeap, 0, ProcessingModule.CONTEXT.size(), 0);
    for (int words : new int[] {context, ProcessingModule.RECORD_CONTEXT.in(moduleRecord)}) {
      cpu.store(ProcessingModule.CONTEXT_HEAP, words, moduleHeap);
      cpu.store(ProcessingModule.CONTEXT_VREG, words, region);
    }
    cpu.store(ProcessingModule.ALLOC, module, context);
    cpu.store(ProcessingModule.DEV, module, machine.allocateStatic(Integer.BYTES));
    cpu.store(ProcessingModule.MDOM, module, mdom(domain));
    memory.resourceInit(module);
    regions.setInterim(region);

    forgedHeap = scratch;
    forgedRegion = scratch + LINE * 2;
    cpu.enter(Mode.USER, domain, 0, 0);
    forge();
    cpu.enter(Mode.KERNEL, domain, 0, 0);
  }

  private int mdom(int of) {
    int mdom = machine.allocateStatic(KMemDomain.STRUCT.size());
    KMemDomain.refer(cpu, mdom, of);
    return mdom;
  }

  /** The kernel's code, with a function in it that no module should reach. */
  private FunctionTable<IntConsumer> code() {
    int text = memory(1).start();
    machine.domains().map(text, PAGE, EnumSet.of(Access.READ, Access.EXECUTE), Set.of());
    FunctionTable.Builder<IntConsumer> code = new FunctionTable.Builder<>(text, PAGE);
    BlobHandlers.define(code, sofHeap);
    code.add(KERNEL_FUNCTION, argument -> ram().store32(strayCalls, ram().load32(strayCalls) + 1));
    return code.build();
  }

  private Memory memory(int pages) {
    return new Memory(machine.takePages(pages), pages * PAGE);
  }

  private VirtualPages virtualPages(Design design) {
    int base = new CacheAliases(true).cached(regionMemory.start());
    PageDriver driver =
        new PageDriver(
            cpu,
            machine.allocateStatic(PageDriver.tableBytes(REGION_PAGES, REGION_PAGES)),
            base,
            REGION_PAGES,
            REGION_PAGES);
    VirtualPages pages =
        new VirtualPages(
            cpu,
            driver,
            HeapPlatform.PLAIN,
            machine.allocateStatic(VirtualPages.contextBytes(1)),
            1,
            design);
    pages.init(base, REGION_PAGES, machine.allocateStatic(4));
    return pages;
  }

  private void grant(Memory memory) {
    machine
        .domains()
        .addMirrored(
            domain,
            new Partition(
                "module", memory.start(), memory.bytes(), EnumSet.of(Access.READ, Access.WRITE)));
  }

  /**
   * Makes, in user mode, a heap that says it is in the attacker's page but has the free lists of
   * the system heap, and a region that says so but goes on at the kernel's object.
   */
  private void forge() {
    int freeLists = ram().load32(SysHeap.HEAP.in(systemHeap));
    userStore(SysHeap.HEAP.in(forgedHeap), freeLists);
    userStore(SysHeap.INIT_MEM.in(forgedHeap), scratch);
    userStore(SysHeap.INIT_BYTES.in(forgedHeap), PAGE);
    userStore(Vregion.BASE.in(forgedRegion), scratch);
    userStore(Vregion.SIZE.in(forgedRegion), PAGE);
    userStore(Vregion.TYPE.in(forgedRegion), Vregion.Mode.LIFETIME.ordinal());
    userStore(Vregion.LIFETIME_BASE.in(forgedRegion), victim);
    userStore(Vregion.LIFETIME_PTR.in(forgedRegion), victim);
    userStore(Vregion.LIFETIME_SIZE.in(forgedRegion), VICTIM_BYTES);
    machine.ram().shadow().declareStatic(scratch, PAGE);
  }

  /** A store of the attacker's, which has a right to write there but no business. */
  void userStore(int address, int value) {
    cpu.storeUntracked32(address, value);
  }

  Ram ram() {
    return machine.ram();
  }

  /** What the last call logged as an error; empty if nothing. */
  String lastError() {
    return lastError;
  }

  void clearError() {
    lastError = "";
  }
}
