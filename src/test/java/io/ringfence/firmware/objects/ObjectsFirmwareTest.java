package io.ringfence.firmware.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.KThread.Life;
import io.ringfence.firmware.objects.ObjectsMachine.Outcome;
import io.ringfence.firmware.objects.ObjectsMachine.TaskState;
import io.ringfence.firmware.objects.UserThreads.Name;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From boot to the end of a task, with the permissions that the design gives. */
class ObjectsFirmwareTest {
  private static ObjectsFirmware boot(Set<Fix> fixes, Set<Defect> defects) {
    ObjectsFirmware firmware =
        new ObjectsFirmware(new Design(Variant.MERGED, fixes, defects, false, Set.of()));
    assertThat(
            firmware.boot().initDomain()
                && firmware.boot().initScheduler()
                && firmware.boot().initIpc()
                && firmware.boot().createThread(0)
                && firmware.boot().joinDomain(0)
                && firmware.boot().startThread(0)
                && firmware.boot().endBoot())
        .isTrue();
    return firmware;
  }

  private static ObjectsFirmware boot(Defect... defects) {
    return boot(Set.of(), Set.of(defects));
  }

  @Test
  void aTaskThatRanIsFreedByBothThreadsTogether() {
    ObjectsFirmware firmware = boot();
    for (int i = 0; i < 3; i++) {
      assertThat(
              firmware.tasks().initTask()
                  && firmware.tasks().scheduleTask()
                  && firmware.tasks().tick())
          .isTrue();
      assertThat(firmware.machine().taskState()).isEqualTo(TaskState.RAN);
      assertThat(firmware.tasks().freeTask()).isTrue();
      assertThat(firmware.tasks().endFree()).as("waits for the LL thread").isFalse();
      assertThat(firmware.tasks().tick()).isTrue();
      assertThat(firmware.machine().isGiven()).isTrue();
      assertThat(firmware.tasks().endFree()).isTrue();
      assertThat(firmware.machine().outcome()).isEqualTo(Outcome.DONE);
      assertThat(firmware.machine().handle(Handle.SEM)).isZero();
    }
  }

  @Test
  void theIpcThreadMayNotLockTheDomainWhenItFreesTheLastTaskItself() {
    ObjectsFirmware firmware = boot();
    assertThat(
            firmware.tasks().initTask()
                && firmware.tasks().scheduleTask()
                && firmware.tasks().freeTask())
        .isTrue();
    assertThat(firmware.machine().outcome()).isEqualTo(Outcome.OOPS);
    assertThat(firmware.machine().refused()).isEqualTo(Handle.DOMAIN.ordinal());
    assertThat(firmware.machine().threads().life(Name.IPC)).isEqualTo(Life.ENDED);
    assertThat(firmware.machine().taskState())
        .as("off the list, and never freed")
        .isEqualTo(TaskState.FREE);
    assertThat(firmware.tasks().initTask()).as("no more commands").isFalse();
  }

  @Test
  void withTheMutexGrantedItMay() {
    ObjectsFirmware firmware = boot(Set.of(Fix.GRANT_DOMAIN_MUTEX), Set.of());
    assertThat(
            firmware.tasks().initTask()
                && firmware.tasks().scheduleTask()
                && firmware.tasks().freeTask())
        .isTrue();
    assertThat(firmware.machine().outcome()).isEqualTo(Outcome.DONE);
    assertThat(firmware.machine().taskState()).isEqualTo(TaskState.NONE);
  }

  @Test
  void whatOnlyTheBootThreadMayUseIsGoneAfterBoot() {
    assertThat(boot().machine().table().isObject(boot().machine().handle(Handle.TIMER))).isTrue();
    ObjectsFirmware firmware = boot(Defect.SEMAPHORES_BY_BOOT);
    assertThat(firmware.machine().handle(Handle.TICK1)).isNotZero();
    assertThat(firmware.machine().table().isObject(firmware.machine().handle(Handle.TICK1)))
        .isFalse();
    assertThat(firmware.machine().table().isObject(firmware.machine().handle(Handle.TICK0)))
        .isTrue();
  }

  @Test
  void aSemaphoreInUserMemoryIsNeverGiven() {
    ObjectsFirmware firmware = boot(Defect.SEMAPHORE_IN_USER_MEMORY);
    assertThat(
            firmware.tasks().initTask()
                && firmware.tasks().scheduleTask()
                && firmware.tasks().tick()
                && firmware.tasks().freeTask()
                && firmware.tasks().tick()
                && firmware.tasks().endFree())
        .isTrue();
    assertThat(firmware.machine().outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void aThreadThatIsNotInItsDomainCannotReadItsHandles() {
    ObjectsFirmware firmware =
        new ObjectsFirmware(
            new Design(
                Variant.MERGED, Set.of(), Set.of(Defect.START_BEFORE_JOIN), false, Set.of()));
    assertThat(
            firmware.boot().initDomain()
                && firmware.boot().initScheduler()
                && firmware.boot().initIpc()
                && firmware.boot().createThread(0))
        .isTrue();
    assertThat(firmware.boot().joinDomain(0)).as("starts first").isFalse();
    assertThat(firmware.boot().startThread(0) && firmware.tasks().tick()).isTrue();
    assertThat(firmware.machine().outcome()).isEqualTo(Outcome.PROTECTION);
    assertThat(firmware.machine().lastFault()).contains("user-mode read");
  }

  @Test
  void userCodeMayNotReadTheCpuId() {
    ObjectsFirmware firmware = boot(Defect.CPU_ID_DIRECT);
    assertThat(firmware.tasks().scheduleDp()).isTrue();
    assertThat(firmware.machine().outcome()).isEqualTo(Outcome.PRIVILEGED);
    assertThat(firmware.machine().lastFault()).contains("CPU id");
  }
}
