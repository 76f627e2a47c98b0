package io.ringfence.firmware.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.userspace.UserMailbox.IpcMajor;
import io.ringfence.firmware.userspace.UserMailbox.Windows;
import io.ringfence.machine.Access;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the attach functions add to a memory domain, what they return, and when they do nothing. */
class UserAccessTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final CacheAliases ALIASES = new CacheAliases(true);

  private final SmallMachine machine = new SmallMachine(1, 6, 2, true);
  private final MemoryDomains domains = machine.domains();
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());
  private final int domain = domains.create();
  private final int first = machine.takePages(1);
  private final int box = machine.takePages(2);
  private final int streams = machine.takePages(1);

  UserAccessTest() {
    KThread.init(machine.cpu(), thread, KThread.Life.CREATED);
  }

  private UserMailbox mailbox(UserBuild build, IpcMajor ipc, int boxBytes, Fix... fixes) {
    return new UserMailbox(
        machine.cpu(),
        new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of()),
        build,
        ipc,
        ALIASES,
        new Windows(first, box, boxBytes, streams));
  }

  private boolean may(int address, Access access) {
    return domains.allows(domain, address, PAGE, access);
  }

  private String rights(int address) {
    return (may(address, Access.READ) ? "r" : "-")
        + (may(address, Access.WRITE) ? "w" : "-")
        + (may(address, Access.EXECUTE) ? "x" : "-");
  }

  private int domainOfThread() {
    return KThread.domain(machine.ram(), thread);
  }

  @Test
  void theCommonPartitionIsReadAndWrittenAtItsOwnAddressOnly() {
    UserPartitions partitions = new UserPartitions(domains, UserBuild.MODULES);
    assertThat(partitions.attachCommon(domain, first, PAGE)).isZero();
    assertThat(rights(first)).isEqualTo("rw-");
    assertThat(rights(ALIASES.cached(first))).isEqualTo("---");
    assertThat(rights(box)).isEqualTo("---");
    assertThat(partitions.attachCommon(domain, first, PAGE))
        .as("it is there already")
        .isEqualTo(-Errno.EINVAL);
  }

  @Test
  void theSystemUserPartitionIsAttachedOnlyWhereTheLlThreadsRunInUserMode() {
    for (UserBuild build : new UserBuild[] {UserBuild.NONE, UserBuild.MODULES}) {
      assertThat(new UserPartitions(domains, build).attachSystemUser(domain, first, PAGE)).isZero();
      assertThat(rights(first)).isEqualTo("---");
    }
    UserPartitions partitions = new UserPartitions(domains, UserBuild.LL);
    assertThat(partitions.attachSystemUser(domain, first, PAGE)).isZero();
    assertThat(rights(first)).isEqualTo("rw-");
    assertThat(partitions.attachSystemUser(domain, first, PAGE)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void aBuildWithoutAFunctionDoesNotCallIt() {
    assertThatThrownBy(
            () -> new UserPartitions(domains, UserBuild.NONE).attachCommon(domain, first, PAGE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("user_memory_attach_common_partition");
    assertThatThrownBy(() -> mailbox(UserBuild.MODULES, IpcMajor.IPC4, PAGE).grant(domain, thread))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("user_access_to_mailbox");
  }

  @Test
  void withIpc4TheHostBoxIsReadPastTheCacheAndWrittenThroughIt() {
    assertThat(mailbox(UserBuild.LL, IpcMajor.IPC4, PAGE + 1).grant(domain, thread)).isZero();
    assertThat(rights(first)).as("registers").isEqualTo("rw-");
    assertThat(rights(ALIASES.cached(first))).isEqualTo("---");
    for (int page : new int[] {box, box + PAGE}) {
      assertThat(rights(page)).as("rounded up to pages").isEqualTo("r--");
      assertThat(rights(ALIASES.cached(page))).isEqualTo("rw-");
    }
    assertThat(rights(streams)).isEqualTo("---");
    assertThat(rights(ALIASES.cached(streams))).isEqualTo("---");
    assertThat(domainOfThread()).isEqualTo(domain);
  }

  @Test
  void theRepairLeavesTheHostBoxReadOnlyByBothAddresses() {
    mailbox(UserBuild.LL, IpcMajor.IPC4, PAGE, Fix.READ_ONLY_MAILBOX).grant(domain, thread);
    assertThat(rights(box)).isEqualTo("r--");
    assertThat(rights(ALIASES.cached(box))).isEqualTo("r--");
    assertThat(rights(first)).isEqualTo("rw-");
  }

  @Test
  void withIpc3TheStreamsAreWrittenThroughTheCacheAndTheHostBoxIsNotGranted() {
    assertThat(mailbox(UserBuild.LL, IpcMajor.IPC3, PAGE).grant(domain, thread)).isZero();
    assertThat(rights(first)).isEqualTo("rw-");
    assertThat(rights(ALIASES.cached(streams))).isEqualTo("rw-");
    assertThat(rights(streams)).isEqualTo("---");
    assertThat(rights(box)).isEqualTo("---");
    assertThat(rights(ALIASES.cached(box))).isEqualTo("---");
  }

  @Test
  void withoutUserModeTheMailboxFunctionDoesNothing() {
    assertThat(mailbox(UserBuild.NONE, IpcMajor.IPC4, PAGE).grant(domain, thread)).isZero();
    assertThat(rights(first)).isEqualTo("---");
    assertThat(domainOfThread()).isEqualTo(MemoryDomains.NO_DOMAIN);
  }

  @Test
  void aFailureInTheMiddleLeavesWhatWasGrantedAndTheThreadWhereItWas() {
    domains.add(
        domain, new Partition("earlier", ALIASES.cached(box), PAGE, Set.of(Access.EXECUTE)));
    assertThat(mailbox(UserBuild.LL, IpcMajor.IPC4, PAGE).grant(domain, thread))
        .isEqualTo(-Errno.EINVAL);
    assertThat(rights(first)).as("not taken back").isEqualTo("rw-");
    assertThat(rights(box)).isEqualTo("r--");
    assertThat(rights(ALIASES.cached(box))).isEqualTo("--x");
    assertThat(domainOfThread()).isEqualTo(MemoryDomains.NO_DOMAIN);
  }

  @Test
  void aSecondThreadOfTheSameDomainIsRefusedTheMailbox() {
    int second = machine.allocateStatic(KThread.STRUCT.size());
    KThread.init(machine.cpu(), second, KThread.Life.CREATED);
    UserMailbox mailbox = mailbox(UserBuild.LL, IpcMajor.IPC4, PAGE);
    mailbox.grant(domain, thread);
    assertThat(mailbox.grant(domain, second)).isEqualTo(-Errno.EINVAL);
    assertThat(KThread.domain(machine.ram(), second)).isEqualTo(MemoryDomains.NO_DOMAIN);
    assertThat(mailbox.grant(domains.create(), second)).as("another domain").isZero();
  }
}
