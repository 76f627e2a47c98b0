package io.ringfence.firmware.userspace;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.List;
import java.util.Set;

/** The windows through which the host and user threads talk, and who may look through them. */
public final class UserMailbox {
  /** {@code CONFIG_IPC_MAJOR_3} or {@code CONFIG_IPC_MAJOR_4}. */
  public enum IpcMajor {
    /** Positions of streams are in a window of their own. */
    IPC3,
    /** A module reads its parameters in the host's box. */
    IPC4
  }

  /**
   * Where the windows lie, by either address.
   *
   * @param registers the page of software registers ({@code MAILBOX_SW_REG_BASE})
   * @param hostBox what the host writes ({@code MAILBOX_HOSTBOX_BASE})
   * @param hostBoxBytes its size; what is granted is rounded up to whole pages
   * @param streams the page of stream positions ({@code SRAM_STREAM_BASE})
   */
  public record Windows(int registers, int hostBox, int hostBoxBytes, int streams) {}

  private static final int PAGE = MemoryDomains.PAGE_BYTES;

  private final Cpu cpu;
  private final Design design;
  private final UserBuild build;
  private final IpcMajor ipc;
  private final CacheAliases aliases;
  private final Windows windows;

  /** Makes the function of a build. */
  public UserMailbox(
      Cpu cpu,
      Design design,
      UserBuild build,
      IpcMajor ipc,
      CacheAliases aliases,
      Windows windows) {
    this.cpu = cpu;
    this.design = design;
    this.build = build;
    this.ipc = ipc;
    this.aliases = aliases;
    this.windows = windows;
  }

  /**
   * Grants the windows to a domain, and moves a thread into it ({@code user_access_to_mailbox}). In
   * a build without user mode it does nothing.
   *
   * @return 0; or {@code -EINVAL} if the domain has a partition at one of them already: then those
   *     before it stay granted, and the thread stays where it is
   * @throws IllegalStateException in a build with user mode for modules only, where the function is
   *     declared but not defined
   */
  public int grant(int domain, int thread) {
    if (build == UserBuild.NONE) {
      return 0;
    }
    build.require(UserBuild.LL, "user_access_to_mailbox");
    for (Partition partition : partitions()) {
      int status = UserPartitions.add(cpu.domains(), domain, partition);
      if (status < 0) {
        return status;
      }
    }
    KThread.join(cpu, thread, domain);
    return 0;
  }

  private List<Partition> partitions() {
    Partition registers =
        partition("sw registers", aliases.uncached(windows.registers()), PAGE, true);
    if (ipc == IpcMajor.IPC3) {
      return List.of(
          registers, partition("streams", aliases.cached(windows.streams()), PAGE, true));
    }
    int hostBox = windows.hostBox();
    int bytes = windows.hostBoxBytes() + PAGE - 1 & -PAGE;
    // The call that invalidates the cache asks for the right to write.
    boolean writable = !design.has(Fix.READ_ONLY_MAILBOX);
    return List.of(
        registers,
        partition("hostbox", aliases.uncached(hostBox), bytes, false),
        partition("hostbox cached", aliases.cached(hostBox), bytes, writable));
  }

  private static Partition partition(String name, int start, int bytes, boolean writable) {
    return new Partition(
        name, start, bytes, writable ? UserPartitions.READ_WRITE : Set.of(Access.READ));
  }
}
