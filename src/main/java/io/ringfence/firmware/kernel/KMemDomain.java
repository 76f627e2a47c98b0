package io.ringfence.firmware.kernel;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code struct k_mem_domain}: page tables, the partitions that are in them, and the threads that
 * run with them. Functions return 0 or a negative {@link Errno}, as Zephyr's do.
 */
public final class KMemDomain {
  /** How many partitions a domain can have. */
  public static final int MAX_PARTITIONS = 16;

  private static final Struct.Builder PARTITION_LAYOUT = Struct.define("k_mem_partition");
  private static final Field START = PARTITION_LAYOUT.u32("start");
  private static final Field SIZE = PARTITION_LAYOUT.u32("size");
  private static final Struct PARTITION = PARTITION_LAYOUT.build();

  private static final Struct.Builder LAYOUT = Struct.define("k_mem_domain");

  /** The number of the domain, counted from 1; 0 stands for NULL. */
  private static final Field TABLES = LAYOUT.u32("arch.ptables");

  private static final Field PARTITIONS =
      LAYOUT.words("partitions", MAX_PARTITIONS * PARTITION.size() / Integer.BYTES);

  private static final Field THREADS = LAYOUT.struct("thread_mem_domain_list", ListItem.STRUCT);
  private static final Field COUNT = LAYOUT.u32("num_partitions");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private KMemDomain() {}

  /** Makes a structure that stands for a domain that was made without one. */
  public static void refer(Cpu cpu, int address, int domain) {
    cpu.store(TABLES, address, domain + 1);
  }

  /**
   * The domain that a pointer leads to, whatever it points to; {@link MemoryDomains#NO_DOMAIN} if
   * there is none, or for NULL.
   */
  public static int follow(Cpu cpu, int pointer) {
    int domain = pointer == 0 ? MemoryDomains.NO_DOMAIN : cpu.load(TABLES, pointer) - 1;
    return cpu.domains().exists(domain) ? domain : MemoryDomains.NO_DOMAIN;
  }

  /** Makes an empty domain ({@code k_mem_domain_init}); -ENOMEM if there are no page tables. */
  public static int init(Cpu cpu, int address) {
    cpu.zero(address, STRUCT.size());
    ListItem.init(cpu, THREADS.in(address));
    int domain = cpu.domains().create();
    if (domain == MemoryDomains.NO_DOMAIN) {
      return -Errno.ENOMEM;
    }
    refer(cpu, address, domain);
    return 0;
  }

  /** Gives the page tables back ({@code k_mem_domain_deinit}); -EBUSY if a thread is a member. */
  public static int deinit(Cpu cpu, int address) {
    if (!ListItem.isEmpty(cpu, THREADS.in(address))) {
      return -Errno.EBUSY;
    }
    cpu.domains().delete(follow(cpu, address));
    cpu.store(TABLES, address, 0);
    return 0;
  }

  /** {@code k_mem_domain_add_partition}; -EINVAL if it overlaps, -ENOSPC if there is no room. */
  public static int addPartition(Cpu cpu, int address, Partition partition) {
    int room = 0;
    for (int i = MAX_PARTITIONS - 1; i >= 0; i--) {
      int entry = entry(address, i);
      int size = cpu.load(SIZE, entry);
      if (size == 0) {
        room = entry;
      } else if (overlaps(partition, cpu.load(START, entry), size)) {
        return -Errno.EINVAL;
      }
    }
    if (room == 0) {
      return -Errno.ENOSPC;
    }
    cpu.store(START, room, partition.start());
    cpu.store(SIZE, room, partition.size());
    cpu.store(COUNT, address, cpu.load(COUNT, address) + 1);
    cpu.domains().add(follow(cpu, address), partition);
    return 0;
  }

  private static boolean overlaps(Partition partition, int start, int size) {
    return Integer.compareUnsigned(partition.start(), start + size) < 0
        && Integer.compareUnsigned(start, partition.start() + partition.size()) < 0;
  }

  /** {@code k_mem_domain_remove_partition}; -ENOENT if there is none of that start and size. */
  public static int removePartition(Cpu cpu, int address, int start, int size) {
    for (int i = 0; i < MAX_PARTITIONS; i++) {
      int entry = entry(address, i);
      if (size != 0 && cpu.load(SIZE, entry) == size && cpu.load(START, entry) == start) {
        Partition partition = new Partition("any", start, size, Set.of());
        cpu.domains().remove(follow(cpu, address), partition);
        cpu.store(SIZE, entry, 0);
        cpu.store(COUNT, address, cpu.load(COUNT, address) - 1);
        return 0;
      }
    }
    return -Errno.ENOENT;
  }

  /** Removes whatever partitions there are, as an owner does who cannot name them. */
  public static void removeAllPartitions(Cpu cpu, int address) {
    for (int i = 0; i < MAX_PARTITIONS && cpu.load(COUNT, address) != 0; i++) {
      int entry = entry(address, i);
      removePartition(cpu, address, cpu.load(START, entry), cpu.load(SIZE, entry));
    }
  }

  /** Makes a thread, which is in no domain, a member ({@code k_mem_domain_add_thread}). */
  public static void addThread(Cpu cpu, int address, int thread) {
    ListItem.append(cpu, KThread.DOMAIN_NODE.in(thread), THREADS.in(address));
    KThread.join(cpu, thread, follow(cpu, address));
  }

  /** What the end of a thread does if it is a member of a domain. */
  public static void exitThread(Cpu cpu, int thread) {
    if (KThread.domain(cpu.ram(), thread) != MemoryDomains.NO_DOMAIN) {
      ListItem.delete(cpu, KThread.DOMAIN_NODE.in(thread));
      KThread.join(cpu, thread, MemoryDomains.NO_DOMAIN);
    }
  }

  // What a debugger reads.

  /** Whether a structure has page tables. */
  public static boolean hasTables(Ram ram, int address) {
    return ram.load32(TABLES.in(address)) != 0;
  }

  /** Whether there is a partition that starts at an address. */
  public static boolean hasPartitionAt(Ram ram, int address, int start) {
    for (int i = 0; i < MAX_PARTITIONS; i++) {
      int entry = entry(address, i);
      if (ram.load32(SIZE.in(entry)) != 0 && ram.load32(START.in(entry)) == start) {
        return true;
      }
    }
    return false;
  }

  /** The threads that are members; none of a structure that was never initialized. */
  public static List<Integer> members(Ram ram, int address) {
    List<Integer> members = new ArrayList<>();
    int head = THREADS.in(address);
    for (int node = ram.load32(ListItem.NEXT.in(head));
        node != head && node != 0;
        node = ram.load32(ListItem.NEXT.in(node))) {
      members.add(KThread.DOMAIN_NODE.container(node));
    }
    return members;
  }

  private static int entry(int address, int index) {
    return PARTITIONS.in(address) + index * PARTITION.size();
  }
}
