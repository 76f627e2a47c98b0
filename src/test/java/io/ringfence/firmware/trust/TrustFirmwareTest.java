package io.ringfence.firmware.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.trust.TrustFirmware.Place;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the kernel when a user thread overwrites a word that it follows. */
class TrustFirmwareTest {
  private static TrustFirmware boot(Fix... fixes) {
    return new TrustFirmware(
        new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of()), 3);
  }

  private static boolean schedule(TrustFirmware firmware) {
    LlRoutines ll = firmware.ll();
    Routine call = Routine.SCHEDULE;
    return ll.loadScheduler(call)
        && ll.callScheduler(call)
        && ll.lock(call)
        && ll.insert()
        && ll.release(call)
        && ll.unlock(call)
        && ll.callDomain(call);
  }

  private static boolean free(TrustFirmware firmware) {
    LlRoutines ll = firmware.ll();
    Routine call = Routine.FREE;
    return ll.loadScheduler(call)
        && ll.callScheduler(call)
        && ll.lock(call)
        && ll.unlink()
        && ll.countDown()
        && ll.callDomain(call)
        && ll.release(call)
        && ll.unlock(call);
  }

  private static boolean forward(TrustFirmware firmware) {
    IpcRoutines ipc = firmware.ipc();
    return ipc.forwardStore() && ipc.forwardSet() && ipc.forwardTake();
  }

  @Test
  void withoutAnAttackATaskIsScheduledAndFreedAgainAndAgain() {
    TrustFirmware firmware = boot();
    for (int i = 0; i < 3; i++) {
      assertThat(schedule(firmware)).isTrue();
      assertThat(firmware.taskCount()).isEqualTo(2);
      assertThat(firmware.ll().loadScheduler(Routine.SCHEDULE)).as("scheduled twice").isFalse();
      assertThat(free(firmware)).isTrue();
      assertThat(firmware.taskCount()).isEqualTo(1);
    }
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.isKernelHit()).isFalse();
    assertThat(firmware.isForgedHit()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"NULL, NULL_DEREFERENCE", "UNMAPPED, UNMAPPED", "FORGED, HIJACK"})
  void aCallThroughATableInUserMemoryFaultsWhereTheKernelHasNoCode(Place place, Why why) {
    TrustFirmware firmware = boot();
    assertThat(firmware.overwrite(TrustWord.DP_SCHEDULE_TASK, place)).isTrue();
    assertThat(firmware.ll().callDp()).isTrue();
    assertThat(firmware.run().why()).isEqualTo(why);
    assertThat(firmware.run().lastFault()).contains("kernel-mode");
    assertThat(firmware.ll().callDp()).as("nothing runs after that").isFalse();
    assertThat(firmware.overwrite(TrustWord.SEM, Place.NULL)).isFalse();
  }

  @Test
  void aForgedSchedulerHasTheKernelCallWhatUserSpaceChooses() {
    TrustFirmware firmware = boot();
    firmware.overwrite(TrustWord.TASK_SCH, Place.FORGED);
    firmware.ll().loadScheduler(Routine.SCHEDULE);
    firmware.ll().callScheduler(Routine.SCHEDULE);
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.codeAt(firmware.run().touched())).isEqualTo("watchdog_disable");
    assertThat(firmware.isKernelHit()).isTrue();
  }

  @Test
  void unlinkingATaskWritesWhereUserSpaceChooses() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_NEXT, Place.KERNEL);
    assertThat(free(firmware)).isTrue();
    assertThat(firmware.isKernelHit()).isTrue();
  }

  @Test
  void unlinkingWithTheRightsOfUserModeDoesNot() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD, Fix.EDIT_LISTS_AS_USER);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_NEXT, Place.KERNEL);
    free(firmware);
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.isKernelHit()).isFalse();
    assertThat(firmware.run().step()).as("goes on to give the lock back").isEqualTo(Step.RELEASE);
  }

  @Test
  void aListWithoutAnEndKeepsTheKernelForEver() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    firmware.overwrite(TrustWord.TASKS_NEXT, Place.FORGED);
    assertThat(schedule(firmware)).isFalse();
    assertThat(firmware.run().why()).isEqualTo(Why.HANG);
  }

  @Test
  void aCountInUserMemoryPanicsTheKernel() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    schedule(firmware);
    assertThat(firmware.clearCount()).isTrue();
    assertThat(firmware.clearCount()).as("cleared already").isFalse();
    free(firmware);
    assertThat(firmware.run().why()).isEqualTo(Why.PANIC);
  }

  @Test
  void theReplyIsWrittenIntoKernelMemoryAndTheHostGetsNoneOfThat() {
    TrustFirmware firmware = boot();
    forward(firmware);
    firmware.overwrite(TrustWord.TX_DATA, Place.KERNEL);
    firmware.ipc().forwardReply();
    assertThat(firmware.isKernelHit()).isTrue();
    assertThat(firmware.sent()).hasValue(Place.OWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"NULL", "KERNEL", "UNMAPPED"})
  void aReplyIntoMemoryThatTheUserThreadCannotWriteIsRefused(Place place) {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    forward(firmware);
    firmware.overwrite(TrustWord.TX_DATA, place);
    assertThat(firmware.ipc().forwardReply()).isTrue();
    assertThat(firmware.isKernelHit()).isFalse();
    assertThat(firmware.sent()).isEmpty();
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
  }

  @Test
  void whatOnlyTheKernelCanWriteHoldsWhatUserSpaceChose() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    firmware.ll().callDomain(Routine.CONTEXT);
    firmware.ipc().storeThread();
    firmware.overwrite(TrustWord.LL_THREAD, Place.FORGED);
    firmware.ipc().recordThread();
    assertThat(firmware.recordedThread()).isEqualTo(Place.FORGED);
  }

  @Test
  void theWorkQueueOfIpcLiesInUserMemoryUnlessItsContextIsMoved() {
    assertThat(boot().isWorkQueueExposed()).isTrue();
    assertThat(boot(Fix.RELY_ON_NO_USER_WORD).isWorkQueueExposed()).isTrue();
    TrustFirmware moved = boot(Fix.PRIVATE_IPC_CONTEXT);
    assertThat(moved.isWorkQueueExposed()).isFalse();
    assertThat(moved.overwrite(TrustWord.WORK_HANDLER, Place.KERNEL)).isFalse();
    assertThat(moved.writesLeft()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(TrustWord.class)
  void aWordHasAnAddressOfItsOwnAndLeadsWhereItOughtTo(TrustWord word) {
    TrustFirmware firmware = boot();
    assertThat(firmware.place(word))
        .isEqualTo(word == TrustWord.LL_THREAD ? Place.NULL : Place.OWN);
    for (TrustWord other : TrustWord.values()) {
      assertThat(firmware.address(word) == firmware.address(other)).isEqualTo(word == other);
    }
    assertThat(firmware.overwrite(word, Place.OWN)).isFalse();
    assertThat(firmware.overwrite(word, Place.FORGED)).isTrue();
    assertThat(firmware.place(word)).isEqualTo(Place.FORGED);
    assertThat(firmware.overwrite(word, Place.FORGED)).as("it leads there already").isFalse();
  }
}
