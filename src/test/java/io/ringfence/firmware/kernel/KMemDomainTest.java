package io.ringfence.firmware.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Memory domains refuse what Zephyr refuses, and map what they list. */
class KMemDomainTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int PAGES = KMemDomain.MAX_PARTITIONS + 1;

  private final SmallMachine machine = new SmallMachine(1, PAGES, 1, false);
  private final Cpu cpu = machine.cpu();
  private final int first = machine.takePages(PAGES);
  private final int domain = machine.allocateStatic(KMemDomain.STRUCT.size());
  private final int other = machine.allocateStatic(KMemDomain.STRUCT.size());
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());

  private Partition page(int number, int pages) {
    return new Partition("p", first + number * PAGE, pages * PAGE, EnumSet.of(Access.READ));
  }

  private boolean isMapped(int number) {
    int tables = KMemDomain.follow(cpu, domain);
    return machine.domains().allows(tables, first + number * PAGE, 1, Access.READ);
  }

  @Test
  void aDomainNeedsPageTablesAndGivesThemBack() {
    assertThat(KMemDomain.init(cpu, domain)).isZero();
    assertThat(KMemDomain.init(cpu, other)).isEqualTo(-Errno.ENOMEM);
    assertThat(KMemDomain.hasTables(cpu.ram(), other)).isFalse();

    assertThat(KMemDomain.deinit(cpu, domain)).isZero();
    assertThat(KMemDomain.hasTables(cpu.ram(), domain)).isFalse();
    assertThat(KMemDomain.init(cpu, other)).isZero();
  }

  @Test
  void aDomainWithAMemberIsNotDeleted() {
    KThread.init(cpu, thread, Life.CREATED);
    KMemDomain.init(cpu, domain);
    KMemDomain.addThread(cpu, domain, thread);
    assertThat(KMemDomain.members(cpu.ram(), domain)).containsExactly(thread);
    assertThat(KMemDomain.deinit(cpu, domain)).isEqualTo(-Errno.EBUSY);
    assertThat(KMemDomain.hasTables(cpu.ram(), domain)).isTrue();

    KMemDomain.exitThread(cpu, thread);
    assertThat(KThread.domain(cpu.ram(), thread)).isEqualTo(MemoryDomains.NO_DOMAIN);
    assertThat(KMemDomain.deinit(cpu, domain)).isZero();
  }

  @Test
  void aPartitionThatOverlapsAnotherIsRefused() {
    KMemDomain.init(cpu, domain);
    assertThat(KMemDomain.addPartition(cpu, domain, page(2, 2))).isZero();
    assertThat(KMemDomain.addPartition(cpu, domain, page(3, 1))).isEqualTo(-Errno.EINVAL);
    assertThat(KMemDomain.addPartition(cpu, domain, page(1, 4))).isEqualTo(-Errno.EINVAL);
    assertThat(KMemDomain.addPartition(cpu, domain, page(4, 1))).isZero();
    assertThat(isMapped(1)).isFalse();
    assertThat(isMapped(3)).isTrue();
  }

  @Test
  void aDomainThatIsFullTakesNoMorePartitions() {
    KMemDomain.init(cpu, domain);
    for (int i = 0; i < KMemDomain.MAX_PARTITIONS; i++) {
      assertThat(KMemDomain.addPartition(cpu, domain, page(i, 1))).isZero();
    }
    assertThat(KMemDomain.addPartition(cpu, domain, page(PAGES - 1, 1))).isEqualTo(-Errno.ENOSPC);
    assertThat(isMapped(PAGES - 1)).isFalse();
  }

  @Test
  void onlyAPartitionOfThatStartAndSizeIsRemoved() {
    KMemDomain.init(cpu, domain);
    KMemDomain.addPartition(cpu, domain, page(0, 2));
    assertThat(KMemDomain.removePartition(cpu, domain, first, PAGE)).isEqualTo(-Errno.ENOENT);
    assertThat(KMemDomain.removePartition(cpu, domain, 0, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(isMapped(1)).isTrue();
    assertThat(KMemDomain.removePartition(cpu, domain, first, 2 * PAGE)).isZero();
    assertThat(isMapped(1)).isFalse();
  }

  @Test
  void allPartitionsAreRemovedWhereverTheyStand() {
    KMemDomain.init(cpu, domain);
    for (int i = 0; i < 3; i++) {
      KMemDomain.addPartition(cpu, domain, page(i, 1));
    }
    KMemDomain.removePartition(cpu, domain, first, PAGE);
    KMemDomain.removeAllPartitions(cpu, domain);
    for (int i = 0; i < 3; i++) {
      assertThat(isMapped(i)).as("page %d", i).isFalse();
      assertThat(KMemDomain.hasPartitionAt(cpu.ram(), domain, first + i * PAGE)).isFalse();
    }
  }
}
