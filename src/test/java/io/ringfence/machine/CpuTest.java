package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int TEXT = 2 * PAGE;
  private static final int SYSUSER = 4 * PAGE;
  private static final int HEAP = 6 * PAGE;

  private final Ram ram = new Ram(0, 8 * PAGE);
  private final MemoryDomains domains = new MemoryDomains(ram, PAGE, 2);
  private final Cpu cpu = new Cpu(ram, domains);
  private final MemoryMap map;
  private final int domain;

  CpuTest() {
    domains.initialize();
    domains.map(
        TEXT,
        PAGE,
        EnumSet.of(Access.READ, Access.EXECUTE),
        EnumSet.of(Access.READ, Access.EXECUTE));
    domain = domains.create();
    domains.add(
        domain, new Partition("sysuser", SYSUSER, PAGE, EnumSet.of(Access.READ, Access.WRITE)));
    MemoryMap.Builder builder = new MemoryMap.Builder();
    Region sysuser = builder.region("sysuser", "partition", SYSUSER, PAGE);
    builder.place(sysuser, "_u_schedulers", 4, 2);
    builder.place(sysuser, "ll_user0", 8, 1);
    map = builder.build();
    ram.shadow().declareStatic(SYSUSER, PAGE);
    ram.shadow().allocate(HEAP, 64);
  }

  private static MemoryFault fault(Runnable access) {
    MemoryFault fault = catchThrowableOfType(MemoryFault.class, access::run);
    assertThat(fault).as("a fault is expected").isNotNull();
    return fault;
  }

  @Test
  void nullPageIsNeverAccessible() {
    assertThat(fault(() -> cpu.load32(4)).kind()).isEqualTo(FaultKind.NULL_DEREFERENCE);
    assertThat(fault(() -> cpu.store8(PAGE - 1, 0)).kind()).isEqualTo(FaultKind.NULL_DEREFERENCE);
    Ram high = new Ram(16 * PAGE, 4 * PAGE);
    MemoryDomains highDomains = new MemoryDomains(high, 16 * PAGE, 1);
    highDomains.initialize();
    assertThat(fault(() -> new Cpu(high, highDomains).load32(0)).kind())
        .isEqualTo(FaultKind.NULL_DEREFERENCE);
  }

  @Test
  void addressesOutsideOfRamAreUnmappedEvenAtTheWrapAround() {
    for (int address : new int[] {8 * PAGE, -4, Integer.MIN_VALUE}) {
      assertThat(fault(() -> cpu.load32(address)).kind()).isEqualTo(FaultKind.UNMAPPED);
    }
    assertThat(fault(() -> cpu.zero(SYSUSER, -1)).kind()).isEqualTo(FaultKind.UNMAPPED);
    assertThat(cpu.mayRead(domain, -4, 8)).isFalse();
  }

  @Test
  void rightsAreCheckedBeforeAlignmentAndAlignmentBeforeTheShadow() {
    cpu.enter(Mode.USER, domain, 0, 0);
    assertThat(fault(() -> cpu.load32(HEAP + 1)).kind()).isEqualTo(FaultKind.PROTECTION_READ);
    cpu.enter(Mode.KERNEL, domain, 0, 0);
    assertThat(fault(() -> cpu.load32(HEAP + 1)).kind()).isEqualTo(FaultKind.MISALIGNED);
    assertThat(fault(() -> cpu.load32(HEAP)).kind()).isEqualTo(FaultKind.UNINITIALIZED_READ);
  }

  @Test
  void misalignedAccessIntoTheNextPageIsRefusedForItsRights() {
    cpu.enter(Mode.USER, domain, 0, 0);
    assertThat(fault(() -> cpu.load32(SYSUSER + PAGE - 2)).kind())
        .isEqualTo(FaultKind.PROTECTION_READ);
  }

  @Test
  void textIsReadableToAllAndWritableToNobody() {
    ram.shadow().declareStatic(TEXT, PAGE);
    for (Mode mode : Mode.values()) {
      cpu.enter(mode, domain, 0, 0);
      cpu.load32(TEXT);
      assertThat(fault(() -> cpu.store32(TEXT, 0)).kind()).isEqualTo(FaultKind.PROTECTION_WRITE);
    }
  }

  @Test
  void userWriteToItsOwnPageTableIsRefused() {
    cpu.enter(Mode.USER, domain, 0, 0);
    assertThat(fault(() -> cpu.storeUntracked8(PAGE, 0x77)).kind())
        .isEqualTo(FaultKind.PROTECTION_WRITE);
  }

  @Test
  void raisedCpuHasKernelRightsUntilLowered() {
    cpu.enter(Mode.USER, domain, 1, 0);
    Mode before = cpu.raise();
    cpu.store32(HEAP, 5);
    assertThat(cpu.load32(HEAP)).isEqualTo(5);
    cpu.lower(before);
    assertThat(fault(() -> cpu.load32(HEAP)).kind()).isEqualTo(FaultKind.PROTECTION_READ);
  }

  @Test
  void onlyFunctionEntriesCanBeCalled() {
    FunctionTable.Builder<String> builder = new FunctionTable.Builder<>(TEXT, PAGE);
    int address = builder.add("edf_schedule_task", "body");
    FunctionTable<String> table = builder.build();
    cpu.enter(Mode.USER, domain, 0, 0);
    assertThat(cpu.fetch(table, address)).isEqualTo("body");
    assertThat(table.nameAt(address)).isEqualTo("edf_schedule_task");
    for (int data : new int[] {address + 4, SYSUSER, HEAP, TEXT + FunctionTable.ENTRY_BYTES}) {
      assertThat(fault(() -> cpu.fetch(table, data)).kind()).isEqualTo(FaultKind.EXECUTE_DATA);
    }
    assertThat(fault(() -> cpu.fetch(table, 0)).kind()).isEqualTo(FaultKind.NULL_DEREFERENCE);
    assertThat(fault(() -> cpu.fetch(table, 9 * PAGE)).kind()).isEqualTo(FaultKind.UNMAPPED);
  }

  @Test
  void copyMovesDataAndKeepsUndefinedBytesUndefined() {
    cpu.store32(HEAP, 0x01020304);
    cpu.copy(SYSUSER, HEAP, 8);
    assertThat(cpu.load32(SYSUSER)).isEqualTo(0x01020304);
    assertThat(fault(() -> cpu.load32(SYSUSER + 4)).kind()).isEqualTo(FaultKind.UNINITIALIZED_READ);
    assertThat(fault(() -> cpu.copy(SYSUSER, HEAP + 60, 8)).kind())
        .isEqualTo(FaultKind.OUT_OF_BOUNDS);
  }

  @Test
  void refusedStoreHasNoEffect() {
    ram.shadow().release(HEAP + 32, 32);
    final Snapshot before = ram.snapshot();
    fault(() -> cpu.zero(HEAP + 16, 32));
    fault(() -> cpu.store32(HEAP + 62, 1));
    assertThat(ram.snapshot()).isEqualTo(before);
  }

  @Test
  void faultSaysWhoWhatAndWhichObject() {
    cpu.enter(Mode.USER, MemoryDomains.NO_DOMAIN, 0, SYSUSER + 8);
    MemoryFault fault = fault(() -> cpu.store32(SYSUSER + 4, 0));
    assertThat(fault.describe(map))
        .isEqualTo(
            "PROTECTION_WRITE: user-mode write of 4 bytes at 0x00004004 (_u_schedulers[1] in"
                + " partition sysuser) by thread 0x00004008 (ll_user0 in partition sysuser): the"
                + " page may not be written");
    assertThat(fault.getStackTrace()).isEmpty();
  }

  @Test
  void faultOfNoThreadNamesNone() {
    cpu.enter(Mode.USER, MemoryDomains.NO_DOMAIN, 0, 0);
    assertThat(fault(() -> cpu.store32(SYSUSER + 4, 0)).describe(map))
        .isEqualTo(
            "PROTECTION_WRITE: user-mode write of 4 bytes at 0x00004004 (_u_schedulers[1] in"
                + " partition sysuser): the page may not be written");
  }

  @Test
  void fieldsFollowTheAlignmentOfC() {
    Struct.Builder inner = Struct.define("list_item");
    Field next = inner.pointer("next");
    inner.pointer("prev");
    Struct list = inner.build();
    Struct.Builder builder = Struct.define("task");
    final Field type = builder.u16("type");
    final Field priority = builder.s16("priority");
    final Field flag = builder.bool("flag");
    final Field node = builder.struct("list", list);
    final Field tail = builder.u8("tail");
    Struct task = builder.build();

    assertThat(task.size()).isEqualTo(20);
    assertThat(task.fields()).containsExactly(type, priority, flag, node, tail);
    assertThat(node.offset()).isEqualTo(8);
    assertThat(task.field("list").struct()).isEqualTo(list);
    assertThat(node.container(node.in(HEAP))).isEqualTo(HEAP);
    cpu.store(priority, HEAP, -1);
    assertThat(cpu.load(priority, HEAP)).isEqualTo(-1);
    cpu.store(type, HEAP, -1);
    assertThat(cpu.load(type, HEAP)).isEqualTo(0xffff);
    cpu.store(next, node.in(HEAP), SYSUSER);
    assertThat(cpu.load32(HEAP + 8)).isEqualTo(SYSUSER);
  }

  @Test
  void partitionMustConsistOfWholePages() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> new Partition("p", SYSUSER, 100, Set.of(Access.READ))))
        .hasMessageContaining("multiples of 4096");
  }
}
