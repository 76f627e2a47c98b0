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
  /** There is no LL thread yet, and the task has no private data. */
  private static final Set<TrustWord> UNSET =
      Set.of(TrustWord.LL_THREAD, TrustWord.TASK_PRIV_DATA, TrustWord.SEM_P);

  private static TrustFirmware boot(Fix... fixes) {
    return new TrustFirmware(
        new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of()), 3);
  }

  private static boolean init(TrustFirmware firmware) {
    DataRoutines data = firmware.data();
    return data.allocateData() && data.storeSemaphore() && data.initSemaphore();
  }

  private static boolean schedule(TrustFirmware firmware) {
    LlRoutines ll = firmware.ll();
    Routine call = Routine.SCHEDULE;
    return ll.loadScheduler(call)
        && ll.callScheduler(call)
        && ll.lock(call)
        && firmware.data().checkData()
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
        && firmware.data().markFreeing()
        && ll.release(call)
        && ll.unlock(call)
        && ll.lock(call)
        && firmware.data().lookAtSemaphore()
        && firmware.data().freeData()
        && ll.release(call)
        && ll.unlock(call);
  }

  private static boolean freeAfterRun(TrustFirmware firmware) {
    LlRoutines ll = firmware.ll();
    Routine call = Routine.FREE;
    return ll.loadScheduler(call)
        && ll.callScheduler(call)
        && ll.lock(call)
        && firmware.data().markFreeing()
        && ll.release(call)
        && ll.unlock(call)
        && ll.waitForTask()
        && ll.lock(call)
        && firmware.data().lookAtSemaphore()
        && firmware.data().freeData()
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
      assertThat(firmware.data().hasData()).isFalse();
      assertThat(init(firmware)).isTrue();
      assertThat(init(firmware)).as("initialized twice").isFalse();
      assertThat(firmware.data().hasData()).isTrue();
      assertThat(schedule(firmware)).isTrue();
      assertThat(firmware.taskCount()).isEqualTo(2);
      assertThat(firmware.ll().loadScheduler(Routine.SCHEDULE)).as("scheduled twice").isFalse();
      assertThat(free(firmware)).isTrue();
      assertThat(firmware.taskCount()).isEqualTo(1);
    }
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.hit().contains(Place.KERNEL)).isFalse();
    assertThat(firmware.hit().contains(Place.FORGED)).isFalse();
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
    assertThat(firmware.hit().contains(Place.KERNEL)).isTrue();
  }

  @Test
  void unlinkingATaskWritesWhereUserSpaceChooses() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_NEXT, Place.KERNEL);
    assertThat(free(firmware)).isTrue();
    assertThat(firmware.hit().contains(Place.KERNEL)).isTrue();
  }

  @Test
  void unlinkingWithTheRightsOfUserModeDoesNot() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD, Fix.EDIT_LISTS_AS_USER);
    init(firmware);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_NEXT, Place.KERNEL);
    free(firmware);
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.hit().contains(Place.KERNEL)).isFalse();
    assertThat(firmware.run().step()).as("goes on to give the lock back").isEqualTo(Step.RELEASE);
  }

  @Test
  void aListWithoutAnEndKeepsTheKernelForEver() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    firmware.overwrite(TrustWord.TASKS_NEXT, Place.FORGED);
    assertThat(schedule(firmware)).isFalse();
    assertThat(firmware.run().why()).isEqualTo(Why.HANG);
  }

  @Test
  void aCountInUserMemoryPanicsTheKernel() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    assertThat(firmware.clearCount()).isTrue();
    assertThat(firmware.clearCount()).as("cleared already").isFalse();
    free(firmware);
    assertThat(firmware.run().why()).isEqualTo(Why.PANIC);
  }

  @Test
  void aTaskWithoutPrivateDataIsNotScheduled() {
    TrustFirmware firmware = boot();
    LlRoutines ll = firmware.ll();
    ll.loadScheduler(Routine.SCHEDULE);
    ll.callScheduler(Routine.SCHEDULE);
    ll.lock(Routine.SCHEDULE);
    assertThat(firmware.data().checkData()).isTrue();
    assertThat(ll.insert()).as("refused").isFalse();
    assertThat(ll.release(Routine.SCHEDULE) && ll.unlock(Routine.SCHEDULE)).isTrue();
    assertThat(ll.callDomain(Routine.SCHEDULE)).isFalse();
    assertThat(ll.isQueued()).isFalse();
    assertThat(firmware.taskCount()).isEqualTo(1);
  }

  @Test
  void aTaskThatHasPrivateDataIsNotInitialized() {
    TrustFirmware firmware = boot();
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, Place.FORGED);
    assertThat(firmware.data().allocateData()).isTrue();
    assertThat(firmware.data().hasData()).isFalse();
    assertThat(firmware.run().step()).isEqualTo(Step.IDLE);
  }

  @ParameterizedTest
  @CsvSource({"NULL, NULL_DEREFERENCE", "UNMAPPED, UNMAPPED"})
  void theKernelFaultsWhereThereIsNoPrivateData(Place place, Why why) {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, place);
    assertThat(free(firmware)).isFalse();
    assertThat(firmware.run().why()).isEqualTo(why);
    assertThat(firmware.run().touch()).isEqualTo(Touch.LOAD);
  }

  @Test
  void theHandleOfASemaphoreIsStoredWhereUserSpaceChooses() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    firmware.data().allocateData();
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, Place.KERNEL);
    firmware.data().storeSemaphore();
    assertThat(firmware.hit().contains(Place.KERNEL)).isTrue();
    assertThat(firmware.place(TrustWord.SEM_P)).isEqualTo(Place.NULL);
  }

  @Test
  void forgedPrivateDataHasTheKernelGiveASemaphoreThatUserSpaceChooses() {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    LlRoutines ll = firmware.ll();
    ll.loadScheduler(Routine.FREE);
    ll.callScheduler(Routine.FREE);
    ll.lock(Routine.FREE);
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, Place.FORGED);
    assertThat(ll.unlink() && ll.countDown()).isTrue();
    assertThat(firmware.run().touch()).isEqualTo(Touch.GIVE);
    assertThat(firmware.hit().contains(Place.KERNEL)).isTrue();
    assertThat(firmware.hit().contains(Place.FORGED)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"KERNEL, KERNEL", "FORGED, FORGED KERNEL", "OTHER, OTHER", "FREED, FREED"})
  void theKernelMarksAndFreesWhatUserSpaceChooses(Place place, String hit) {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, place);
    assertThat(free(firmware)).isTrue();
    assertThat(firmware.hit())
        .extracting(Place::name)
        .containsExactlyInAnyOrder(hit.split(" ", -1));
    assertThat(firmware.data().hasData()).as("what was allocated is lost").isTrue();
  }

  @Test
  void withoutAnAttackATaskThatRanIsFreedWhenItIsDone() {
    TrustFirmware firmware = boot();
    for (int i = 0; i < 3; i++) {
      assertThat(firmware.ll().runTask()).as("nothing to run").isFalse();
      assertThat(init(firmware) && schedule(firmware)).isTrue();
      assertThat(firmware.ll().runTask()).isTrue();
      assertThat(firmware.data().hasRun()).isTrue();
      assertThat(free(firmware)).as("freed without a wait").isFalse();
      LlRoutines ll = firmware.ll();
      assertThat(firmware.data().markFreeing()).isTrue();
      assertThat(ll.release(Routine.FREE) && ll.unlock(Routine.FREE)).isTrue();
      assertThat(ll.waitForTask() && ll.lock(Routine.FREE)).isTrue();
      assertThat(firmware.data().lookAtSemaphore() && firmware.data().freeData()).isTrue();
      assertThat(ll.release(Routine.FREE) && ll.unlock(Routine.FREE)).isTrue();
      assertThat(firmware.taskCount()).isEqualTo(1);
      assertThat(firmware.data().hasRun()).isFalse();
    }
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.hit().contains(Place.KERNEL)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false"})
  void theWaitTakesASemaphoreThatUserSpaceChooses(boolean repaired, boolean hit) {
    TrustFirmware firmware =
        repaired
            ? boot(Fix.RELY_ON_NO_USER_WORD, Fix.INIT_ALLOCATED_SEMAPHORE)
            : boot(Fix.RELY_ON_NO_USER_WORD);
    assertThat(init(firmware) && schedule(firmware) && firmware.ll().runTask()).isTrue();
    firmware.overwrite(TrustWord.SEM_P, Place.KERNEL);
    assertThat(freeAfterRun(firmware)).isTrue();
    assertThat(firmware.hit().contains(Place.KERNEL)).isEqualTo(hit);
    assertThat(firmware.taskCount()).as("the LL thread ended before it counted").isEqualTo(2);
  }

  @Test
  void aTaskWithWrongPrivateDataDoesNotRun() {
    TrustFirmware firmware = boot();
    assertThat(init(firmware) && schedule(firmware)).isTrue();
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, Place.FORGED);
    assertThat(firmware.ll().runTask()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"NULL", "KERNEL", "FORGED"})
  void privateDataIsFreedToAHeapThatUserSpaceChooses(Place place) {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD);
    init(firmware);
    schedule(firmware);
    firmware.overwrite(TrustWord.SCH_HEAP, place);
    assertThat(free(firmware)).isTrue();
    assertThat(firmware.data().hasData()).isFalse();
    assertThat(firmware.hit().contains(Place.KERNEL)).isEqualTo(place != Place.FORGED);
    assertThat(firmware.hit().contains(Place.FORGED)).isEqualTo(place == Place.FORGED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"NULL", "KERNEL", "FORGED", "UNMAPPED"})
  void aKernelThatRecordsPrivateDataItselfDoesNotMind(Place place) {
    TrustFirmware firmware = boot(Fix.RELY_ON_NO_USER_WORD, Fix.RECORD_TASK_DATA);
    assertThat(firmware.data().allocateData()).isTrue();
    firmware.overwrite(TrustWord.TASK_PRIV_DATA, place);
    firmware.overwrite(TrustWord.SCH_HEAP, place);
    assertThat(firmware.data().storeSemaphore() && firmware.data().initSemaphore()).isTrue();
    assertThat(schedule(firmware)).isTrue();
    assertThat(free(firmware)).isTrue();
    assertThat(init(firmware)).isTrue();
    assertThat(firmware.run().why()).isEqualTo(Why.NOTHING);
    assertThat(firmware.hit().contains(Place.KERNEL)).isFalse();
    assertThat(firmware.hit().contains(Place.FORGED)).isFalse();
  }

  @Test
  void theReplyIsWrittenIntoKernelMemoryAndTheHostGetsNoneOfThat() {
    TrustFirmware firmware = boot();
    forward(firmware);
    firmware.overwrite(TrustWord.TX_DATA, Place.KERNEL);
    firmware.ipc().forwardReply();
    assertThat(firmware.hit().contains(Place.KERNEL)).isTrue();
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
    assertThat(firmware.hit().contains(Place.KERNEL)).isFalse();
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
    assertThat(firmware.place(word)).isEqualTo(UNSET.contains(word) ? Place.NULL : Place.OWN);
    for (TrustWord other : TrustWord.values()) {
      assertThat(firmware.address(word) == firmware.address(other)).isEqualTo(word == other);
    }
    assertThat(firmware.overwrite(word, Place.OWN)).isFalse();
    assertThat(firmware.overwrite(word, Place.FORGED)).isTrue();
    assertThat(firmware.place(word)).isEqualTo(Place.FORGED);
    assertThat(firmware.overwrite(word, Place.FORGED)).as("it leads there already").isFalse();
  }
}
