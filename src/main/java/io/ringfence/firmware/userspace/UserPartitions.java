package io.ringfence.firmware.userspace;

import io.ringfence.firmware.Errno;
import io.ringfence.machine.Access;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.Set;

/**
 * The partitions of variables that the linker collects for user mode (SOF
 * zephyr/lib/userspace_helper.c, 12dd726529). Each lies at one address only: it has no mirror in
 * the other window.
 *
 * <p>A partition that cannot be added leaves the domain as it was, as {@code
 * k_mem_domain_add_partition} does.
 */
public final class UserPartitions {
  static final Set<Access> READ_WRITE = Set.of(Access.READ, Access.WRITE);

  private final MemoryDomains domains;
  private final UserBuild build;

  /** Makes the functions of a build. */
  public UserPartitions(MemoryDomains domains, UserBuild build) {
    this.domains = domains;
    this.build = build;
  }

  /**
   * Lets a domain read and write what all user modules need ({@code
   * user_memory_attach_common_partition}).
   *
   * @param start where the linker put {@code common_partition}
   * @return 0, or {@code -EINVAL} if the domain has a partition there already
   * @throws IllegalStateException in a build without user mode, which has no such function
   */
  public int attachCommon(int domain, int start, int bytes) {
    build.require(UserBuild.MODULES, "user_memory_attach_common_partition");
    return add(domains, domain, new Partition("common", start, bytes, READ_WRITE));
  }

  /**
   * Lets a domain read and write the variables of the LL and IPC threads ({@code
   * user_memory_attach_system_user_partition}). In a build where these run in kernel mode it does
   * nothing.
   *
   * @param start where the linker put {@code sysuser_partition}
   * @return 0, or {@code -EINVAL} if the domain has a partition there already
   */
  public int attachSystemUser(int domain, int start, int bytes) {
    return build == UserBuild.LL
        ? add(domains, domain, new Partition("sysuser", start, bytes, READ_WRITE))
        : 0;
  }

  static int add(MemoryDomains domains, int domain, Partition partition) {
    return domains.add(domain, partition) ? 0 : -Errno.EINVAL;
  }
}
