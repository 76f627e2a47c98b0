package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class CpuProperties {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int BASE = 2 * PAGE;
  private static final int PAGES = 12;
  private static final int DOMAINS = 3;

  private static @Nullable MemoryFault attempt(Runnable access) {
    try {
      access.run();
      return null;
    } catch (MemoryFault fault) {
      return fault;
    }
  }

  private static Runnable access(Cpu cpu, int way, int address) {
    return switch (way) {
      case 0 -> () -> cpu.load8(address);
      case 1 -> () -> cpu.load16(address);
      case 2 -> () -> cpu.load32(address);
      case 3 -> () -> cpu.loadUntracked8(address);
      case 4 -> () -> cpu.loadUntracked16(address);
      case 5 -> () -> cpu.loadUntracked32(address);
      case 6 -> () -> cpu.store8(address, 1);
      case 7 -> () -> cpu.store16(address, 1);
      case 8 -> () -> cpu.store32(address, 1);
      case 9 -> () -> cpu.storeUntracked8(address, 1);
      case 10 -> () -> cpu.storeUntracked16(address, 1);
      case 11 -> () -> cpu.storeUntracked32(address, 1);
      default -> () -> cpu.zero(address, 4);
    };
  }

  private static int sizeOf(int way) {
    return way < 12 ? 1 << way % 3 : 4;
  }

  /** Compares every kind of access with a model of the grants that is a plain Java map. */
  @Property(tries = 200)
  void noAccessOutsideOfAGrantSucceedsAndEveryGrantedOneDoes(@ForAll long seed) {
    Random random = new Random(seed);
    Ram ram = new Ram(BASE, PAGES * PAGE);
    int table = BASE + (PAGES - 1) * PAGE;
    MemoryDomains domains = new MemoryDomains(ram, table, DOMAINS);
    domains.initialize();
    ram.shadow().declareStatic(BASE, PAGES * PAGE);
    Map<Integer, Map<Integer, Set<Access>>> model = new HashMap<>();
    Set<Integer> unmapped = new java.util.HashSet<>();
    for (int i = 0; i < DOMAINS; i++) {
      assertThat(domains.create()).isEqualTo(i);
      model.put(i, new HashMap<>());
    }
    assertThat(domains.create()).isEqualTo(MemoryDomains.NO_DOMAIN);
    for (int i = 0; i < 12; i++) {
      int domain = random.nextInt(DOMAINS);
      int first = random.nextInt(PAGES - 2);
      int count = 1 + random.nextInt(2);
      Set<Access> rights = EnumSet.of(Access.READ);
      if (random.nextBoolean()) {
        rights.add(Access.WRITE);
      }
      Partition partition = new Partition("p", BASE + first * PAGE, count * PAGE, rights);
      Map<Integer, Set<Access>> grants = model.get(domain);
      if (random.nextInt(3) == 0) {
        domains.remove(domain, partition);
        for (int page = first; page < first + count; page++) {
          grants.remove(page);
        }
      } else {
        boolean free = true;
        for (int page = first; page < first + count; page++) {
          free &= !grants.containsKey(page);
        }
        assertThat(domains.add(domain, partition)).isEqualTo(free);
        for (int page = first; free && page < first + count; page++) {
          grants.put(page, rights);
        }
      }
    }
    int hole = random.nextInt(PAGES - 1);
    domains.unmap(BASE + hole * PAGE, PAGE);
    unmapped.add(hole);

    Cpu cpu = new Cpu(ram, domains);
    for (int i = 0; i < 300; i++) {
      int domain = random.nextInt(DOMAINS + 1) - 1;
      Mode mode = random.nextInt(4) == 0 ? Mode.KERNEL : Mode.USER;
      // The last page holds the tables: it is read, not written, or the model would not hold.
      int way = random.nextInt(13);
      int address = BASE + PAGE * random.nextInt(PAGES - 1) + random.nextInt(PAGE / 8) * 8;
      int page = (address - BASE) / PAGE;
      cpu.enter(mode, domain, 0, 0);
      MemoryFault fault = attempt(access(cpu, way, address));
      Access needed = way < 6 ? Access.READ : Access.WRITE;
      boolean granted =
          !unmapped.contains(page)
              && (mode == Mode.KERNEL
                  || domain >= 0
                      && model.get(domain).getOrDefault(page, Set.of()).contains(needed));
      assertThat(fault == null).as("%s way %d page %d", mode, way, page).isEqualTo(granted);
      if (fault != null) {
        assertThat(fault.kind())
            .isEqualTo(
                unmapped.contains(page)
                    ? FaultKind.UNMAPPED
                    : needed == Access.READ
                        ? FaultKind.PROTECTION_READ
                        : FaultKind.PROTECTION_WRITE);
        assertThat(fault.mode()).isEqualTo(mode);
        assertThat(fault.address()).isEqualTo(address);
      }
      int length = 1 + random.nextInt(2 * PAGE);
      if (domain >= 0) {
        boolean all = true;
        boolean inRam = address + length <= BASE + PAGES * PAGE;
        for (int p = page; p <= (address + length - 1 - BASE) / PAGE && inRam; p++) {
          all &=
              !unmapped.contains(p) && model.get(domain).getOrDefault(p, Set.of()).contains(needed);
        }
        boolean may =
            needed == Access.READ
                ? cpu.mayRead(domain, address, length)
                : cpu.mayWrite(domain, address, length);
        assertThat(may).isEqualTo(all && inRam);
      }
    }
  }

  /** Compares every byte's state with a model after random allocation, release and stores. */
  @Property(tries = 200)
  void eachShadowViolationIsSeenAtTheFirstBadByte(@ForAll long seed) {
    Random random = new Random(seed);
    Ram ram = new Ram(BASE, PAGES * PAGE);
    MemoryDomains domains = new MemoryDomains(ram, BASE + (PAGES - 1) * PAGE, DOMAINS);
    domains.initialize();
    int domain = domains.create();
    domains.add(domain, new Partition("p", BASE, PAGE, EnumSet.of(Access.READ, Access.WRITE)));
    Cpu cpu = new Cpu(ram, domains);
    int window = 64;
    ShadowState[] model = new ShadowState[window];
    boolean[] byUser = new boolean[window];
    java.util.Arrays.fill(model, ShadowState.UNALLOCATED);
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(window - 8);
      int length = 1 + random.nextInt(7);
      int choice = random.nextInt(16);
      if (choice < 3) {
        ShadowState state = ShadowState.values()[1 + choice];
        java.util.Arrays.fill(model, from, from + length, state);
        java.util.Arrays.fill(byUser, from, from + length, false);
        switch (state) {
          case LIVE -> ram.shadow().declareStatic(BASE + from, length);
          case UNINITIALIZED -> ram.shadow().allocate(BASE + from, length);
          default -> ram.shadow().release(BASE + from, length);
        }
        continue;
      }
      int way = choice - 3;
      int size = sizeOf(way);
      int at = from & -size;
      boolean user = random.nextBoolean();
      cpu.enter(user ? Mode.USER : Mode.KERNEL, domain, 0, 0);
      MemoryFault fault = attempt(access(cpu, way, BASE + at));
      boolean store = way >= 6;
      boolean tracked = way < 3 || way >= 6 && way < 9 || way == 12;
      FaultKind expected = null;
      for (int b = at; tracked && expected == null && b < at + size; b++) {
        expected =
            switch (model[b]) {
              case FREED -> FaultKind.USE_AFTER_FREE;
              case UNALLOCATED -> FaultKind.OUT_OF_BOUNDS;
              default -> null;
            };
      }
      for (int b = at; tracked && !store && expected == null && b < at + size; b++) {
        expected = model[b] == ShadowState.UNINITIALIZED ? FaultKind.UNINITIALIZED_READ : null;
      }
      assertThat(fault == null ? null : fault.kind()).isEqualTo(expected);
      for (int b = at; store && fault == null && b < at + size; b++) {
        model[b] = tracked ? ShadowState.LIVE : model[b];
        byUser[b] = user;
      }
      for (int b = 0; b < window; b++) {
        assertThat(ram.shadow().state(BASE + b)).isEqualTo(model[b]);
        assertThat(ram.shadow().isUserWritten(BASE + b)).isEqualTo(byUser[b]);
      }
    }
  }
}
