package io.ringfence.firmware.userspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.userspace.UserMailbox.IpcMajor;
import io.ringfence.firmware.userspace.UserMailbox.Windows;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** ISO-11, ISO-1: a domain reaches exactly what was attached to it, wherever user mode looks. */
class UserAccessProperties {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int PAGES = 12;
  private static final int PROBES = 2000;

  /** What somebody was told that a domain may access. */
  private record Grant(int domain, int start, int bytes, boolean writable) {
    boolean covers(int someDomain, int address) {
      return someDomain == domain && Integer.compareUnsigned(address - start, bytes) < 0;
    }
  }

  private final SmallMachine machine = new SmallMachine(1, PAGES, 2, true);
  private final Cpu cpu = machine.cpu();
  private final CacheAliases aliases = new CacheAliases(true);
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());
  private final int pages = machine.takePages(PAGES);
  private final int[] domains = {machine.domains().create(), machine.domains().create()};
  private final List<Grant> granted = new ArrayList<>();

  @Property(tries = 50)
  void userModeReachesExactlyWhatWasAttached(@ForAll long seed) {
    machine.ram().shadow().declareStatic(pages, PAGES * PAGE);
    Random random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      attach(random);
    }
    for (int i = 0; i < PROBES; i++) {
      probe(random);
    }
  }

  private void attach(Random random) {
    int domain = domains[random.nextInt(domains.length)];
    int page = pages + PAGE * random.nextInt(PAGES - 3);
    int start = random.nextBoolean() ? page : aliases.cached(page);
    List<Grant> wanted = new ArrayList<>();
    int status;
    switch (random.nextInt(3)) {
      case 0 -> {
        int bytes = PAGE * (1 + random.nextInt(2));
        wanted.add(new Grant(domain, start, bytes, true));
        status =
            new UserPartitions(machine.domains(), UserBuild.LL).attachCommon(domain, start, bytes);
      }
      case 1 -> {
        UserBuild build = UserBuild.values()[random.nextInt(UserBuild.values().length)];
        if (build == UserBuild.LL) {
          wanted.add(new Grant(domain, start, PAGE, true));
        }
        status = new UserPartitions(machine.domains(), build).attachSystemUser(domain, start, PAGE);
      }
      default -> {
        IpcMajor ipc = IpcMajor.values()[random.nextInt(2)];
        int boxBytes = 1 + random.nextInt(2 * PAGE);
        int rounded = (boxBytes + PAGE - 1) / PAGE * PAGE;
        wanted.add(new Grant(domain, aliases.uncached(page), PAGE, true));
        if (ipc == IpcMajor.IPC4) {
          wanted.add(new Grant(domain, aliases.uncached(page + PAGE), rounded, false));
          wanted.add(new Grant(domain, aliases.cached(page + PAGE), rounded, true));
        } else {
          wanted.add(new Grant(domain, aliases.cached(page + 2 * PAGE), PAGE, true));
        }
        Windows windows = new Windows(start, start + PAGE, boxBytes, start + 2 * PAGE);
        status =
            new UserMailbox(cpu, Design.merged(), UserBuild.LL, ipc, aliases, windows)
                .grant(domain, thread);
      }
    }
    boolean failed = false;
    for (Grant grant : wanted) {
      failed |= granted.stream().anyMatch(other -> overlaps(grant, other));
      if (!failed) {
        granted.add(grant);
      }
    }
    assertThat(status != 0).as("refused if and only if something overlaps").isEqualTo(failed);
  }

  private static boolean overlaps(Grant one, Grant other) {
    return one.covers(other.domain, other.start) || other.covers(one.domain, one.start);
  }

  private void probe(Random random) {
    int domain = random.nextInt(3) == 0 ? MemoryDomains.NO_DOMAIN : domains[random.nextInt(2)];
    int address = pages + random.nextInt(PAGES * PAGE);
    if (random.nextBoolean()) {
      address = aliases.cached(address);
    }
    boolean reads = reaches(domain, address, false);
    boolean writes = reaches(domain, address, true);
    assertThat(may(domain, address, Access.READ)).isEqualTo(reads);
    assertThat(may(domain, address, Access.WRITE)).isEqualTo(writes);
    cpu.enter(Mode.USER, domain, 0, thread);
    int at = address;
    assertThat(succeeds(() -> cpu.load8(at))).isEqualTo(reads);
    assertThat(succeeds(() -> cpu.store8(at, 0))).isEqualTo(writes);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    assertThat(may(domain, address, Access.EXECUTE)).isFalse();
  }

  private boolean may(int domain, int address, Access access) {
    return machine.domains().allows(domain, address, 1, access);
  }

  private boolean reaches(int domain, int address, boolean writing) {
    return granted.stream()
        .anyMatch(grant -> grant.covers(domain, address) && (grant.writable || !writing));
  }

  private static boolean succeeds(Runnable access) {
    try {
      access.run();
      return true;
    } catch (MemoryFault fault) {
      return false;
    }
  }
}
