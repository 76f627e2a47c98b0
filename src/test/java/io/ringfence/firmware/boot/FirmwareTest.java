package io.ringfence.firmware.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each function returns, and what it does to memory. */
class FirmwareTest {
  private static final int EDF = SchedulerType.EDF.ordinal();
  private static final int LL = SchedulerType.LL_TIMER.ordinal();

  private Firmware firmware = boot(Variant.MERGED);

  private static Firmware boot(Variant variant, Enum<?>... switches) {
    Set<Fix> fixes = EnumSet.noneOf(Fix.class);
    Set<Defect> defects = EnumSet.noneOf(Defect.class);
    for (Enum<?> each : switches) {
      if (each instanceof Fix fix) {
        fixes.add(fix);
      } else if (each instanceof Defect defect) {
        defects.add(defect);
      }
    }
    Set<SchedulerType> userTypes =
        variant == Variant.ORIG ? Set.of() : Set.of(SchedulerType.LL_TIMER);
    return new Firmware(
        new FirmwareConfig(
            new Design(variant, fixes, defects, true, userTypes),
            List.of(
                List.of(SchedulerType.EDF, SchedulerType.LL_TIMER),
                List.of(SchedulerType.LL_TIMER)),
            List.of(
                new FirmwareConfig.ThreadConfig("k0", false, 0),
                new FirmwareConfig.ThreadConfig("k1", false, 1),
                new FirmwareConfig.ThreadConfig("u0", true, 0)),
            List.of(
                new FirmwareConfig.TaskConfig("kt", false),
                new FirmwareConfig.TaskConfig("ut", true)),
            6,
            6,
            6));
  }

  private int k0() {
    return firmware.thread(0);
  }

  private int u0() {
    return firmware.thread(2);
  }

  /** Runs a call to its end. */
  private void finish(int thread) {
    while (!firmware.halted()) {
      Label label = Threads.label(firmware.ram(), thread);
      switch (label) {
        case IDLE, DEAD -> {
          return;
        }
        case I3_ALLOC_NODE, G2_ALLOC_HEAD -> done(firmware.allocate(thread, label, true));
        case G1_PICK_SLOT -> done(firmware.pickSlot(thread, thread == firmware.thread(1) ? 1 : 0));
        default -> done(firmware.step(thread, label));
      }
    }
  }

  private static void done(Performed performed) {
    assertThat(performed).isEqualTo(Performed.DONE);
  }

  private void register(int thread, int type) {
    done(firmware.schedulerInit(thread, type, symbol("ops_full")));
    finish(thread);
  }

  private void bootPrimary() {
    register(k0(), EDF);
    register(k0(), LL);
    done(firmware.bootDone(0));
  }

  private int symbol(String name) {
    return firmware.layout().map().symbol(name).address();
  }

  private int result() {
    return firmware.ram().load32(symbol("call_result") + CallResult.RET.offset());
  }

  private int taskInit(int thread, String task, int type, int core) {
    done(firmware.scheduleTaskInit(thread, firmware.task(task), type, core));
    finish(thread);
    return result();
  }

  private int binding(String task) {
    return firmware.ram().load32(firmware.task(task) + Task.SCH.offset());
  }

  @Test
  void bindsATaskToTheSchedulerOfItsTypeOnTheListOfItsSide() {
    bootPrimary();

    assertThat(taskInit(k0(), "kt", EDF, 0)).isZero();
    assertThat(firmware.ram().load32(binding("kt") + ScheduleData.TYPE.offset())).isEqualTo(EDF);
    assertThat(firmware.userMay(binding("kt"), false)).isFalse();
    assertThat(taskInit(u0(), "ut", LL, 0)).isZero();
    assertThat(firmware.userMay(binding("ut"), false)).isTrue();
  }

  @Test
  void refusesATypeThatIsNoneAndATypeThatIsNotRegistered() {
    bootPrimary();

    assertThat(taskInit(k0(), "kt", SchedulerType.COUNT, 0)).isEqualTo(-22);
    assertThat(taskInit(k0(), "kt", SchedulerType.TWB.ordinal(), 0)).isEqualTo(-19);
    assertThat(taskInit(u0(), "ut", LL, 1)).as("core 1 has no list").isEqualTo(-19);
  }

  @Test
  void keepsAStaleBindingAfterAFailedInitUnlessFixed() {
    bootPrimary();
    taskInit(k0(), "kt", EDF, 0);
    taskInit(k0(), "kt", SchedulerType.COUNT, 0);
    assertThat(binding("kt")).isNotZero();

    firmware = boot(Variant.MERGED, Fix.CHECK_BINDING);
    bootPrimary();
    taskInit(k0(), "kt", EDF, 0);
    taskInit(k0(), "kt", SchedulerType.COUNT, 0);
    assertThat(binding("kt")).isZero();
  }

  @Test
  void haltsWhenTheNodeCannotBeAllocated() {
    done(firmware.schedulerInit(k0(), EDF, symbol("ops_full")));
    done(firmware.step(k0(), Label.I2_VALIDATE_OPS));
    done(firmware.allocate(k0(), Label.I3_ALLOC_NODE, false));

    assertThat(firmware.haltReason()).isEqualTo(Why.PANIC);
    assertThat(firmware.step(k0(), Label.I4_ZERO)).isEqualTo(Performed.REFUSED);
  }

  @Test
  void forgetsTheSchedulerSilentlyWhenTheListHeadCannotBeAllocatedUnlessFixed() {
    failHead();
    assertThat(result()).as("the caller believes that all is well").isZero();
    assertThat(firmware.ram().load32(symbol("_k_schedulers"))).isZero();

    firmware = boot(Variant.MERGED, Fix.REPORT_FAILURE);
    List<Integer> free = firmware.blocks("sof_heap");
    failHead();
    assertThat(result()).isEqualTo(-12);
    assertThat(firmware.blocks("sof_heap")).as("the node is free again").isEqualTo(free);
  }

  private void failHead() {
    done(firmware.schedulerInit(k0(), EDF, symbol("ops_full")));
    done(firmware.step(k0(), Label.I2_VALIDATE_OPS));
    done(firmware.allocate(k0(), Label.I3_ALLOC_NODE, true));
    done(firmware.step(k0(), Label.I4_ZERO));
    done(firmware.step(k0(), Label.I4_FILL));
    done(firmware.pickSlot(k0(), 0));
    done(firmware.allocate(k0(), Label.G2_ALLOC_HEAD, false));
  }

  @Test
  void refusesOpsWithoutAMandatoryOperation() {
    done(firmware.schedulerInit(k0(), EDF, symbol("ops_partial")));
    finish(k0());

    assertThat(firmware.ram().load32(symbol("_k_schedulers"))).isZero();
    assertThat(firmware.blocks("sof_heap")).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScheduleOperation.class,
      names = {"CANCEL", "FREE"})
  void returnsAnErrorForAnUnboundTaskWhereTheWrapperChecks(ScheduleOperation operation) {
    bootPrimary();
    done(firmware.operate(k0(), operation, firmware.task("kt")));

    assertThat(result()).isEqualTo(-22);
    assertThat(firmware.halted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = ScheduleOperation.class,
      names = {"SCHEDULE", "BEFORE", "AFTER", "RUNNING", "RESCHEDULE"})
  void dereferencesNullForAnUnboundTaskWhereTheWrapperDoesNotCheck(ScheduleOperation operation) {
    bootPrimary();
    done(firmware.operate(k0(), operation, firmware.task("kt")));

    assertThat(firmware.haltReason()).isEqualTo(Why.NULL_DEREFERENCE);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScheduleOperation.class,
      names = {"SCHEDULE", "BEFORE", "AFTER", "CANCEL", "FREE"})
  void returnsAnErrorForNoTask(ScheduleOperation operation) {
    bootPrimary();
    done(firmware.operate(k0(), operation, 0));

    assertThat(result()).isEqualTo(-22);
  }

  @ParameterizedTest
  @EnumSource(ScheduleOperation.class)
  void doesWithoutOptionalOperations(ScheduleOperation operation) {
    done(firmware.schedulerInit(k0(), EDF, symbol("ops_minimal")));
    finish(k0());
    register(k0(), LL);
    done(firmware.bootDone(0));
    taskInit(k0(), "kt", EDF, 0);
    done(firmware.operate(k0(), operation, firmware.task("kt")));

    assertThat(firmware.halted()).isFalse();
    assertThat(result()).isZero();
  }

  @Test
  void findsTheDataOfAUserTypeOnlyWhenFixed() {
    bootPrimary();
    done(firmware.getData(k0(), LL));
    assertThat(result()).as("O-01: only the kernel list is searched").isZero();
    done(firmware.getData(k0(), EDF));
    assertThat(result()).isNotZero();

    firmware = boot(Variant.MERGED, Fix.LOOK_UP_USER_LIST);
    bootPrimary();
    done(firmware.getData(k0(), LL));
    assertThat(result()).isNotZero();
  }

  @Test
  void killsAUserThreadThatFollowsAPointerIntoTheKernelHeap() {
    firmware = boot(Variant.SPLIT_KHEAP);
    bootPrimary();
    taskInit(u0(), "ut", LL, 0);

    assertThat(Threads.label(firmware.ram(), u0())).isEqualTo(Label.DEAD);
    assertThat(firmware.lastFault()).contains("sof_heap");
    assertThat(firmware.halted()).isFalse();
  }

  @Test
  void letsUserSpaceCaptureTheKernelThroughEdfInVersion1() {
    firmware = boot(Variant.V1_ALL_USER);
    bootPrimary();
    taskInit(k0(), "kt", EDF, 0);
    done(
        firmware.adversaryStore(binding("kt") + ScheduleData.OPS.offset(), symbol("attacker_ops")));
    done(firmware.operate(k0(), ScheduleOperation.SCHEDULE, firmware.task("kt")));

    assertThat(firmware.haltReason()).isEqualTo(Why.HIJACK);
  }

  @Test
  void keepsUserSpaceAwayFromEdfInVersion2() {
    firmware = boot(Variant.V2_SPLIT);
    bootPrimary();
    taskInit(k0(), "kt", EDF, 0);
    int ops = binding("kt") + ScheduleData.OPS.offset();

    assertThat(firmware.adversaryStore(ops, symbol("attacker_ops"))).isEqualTo(Performed.REFUSED);
    done(firmware.operate(k0(), ScheduleOperation.SCHEDULE, firmware.task("kt")));
    assertThat(firmware.halted()).isFalse();
  }

  @Test
  void doesNotRegisterAgainAfterAWarmBootUnlessOnlyTheKernelListIsAsked() {
    assertThat(schedulersAfterWarmBoot()).isEqualTo(CoreState.Power.UP);

    firmware = boot(Variant.MERGED, Defect.RESTORE_KERNEL_LIST_ONLY);
    assertThat(schedulersAfterWarmBoot()).isEqualTo(CoreState.Power.BOOTING);
  }

  private CoreState.Power schedulersAfterWarmBoot() {
    bootPrimary();
    done(firmware.checkRestore(1));
    register(firmware.thread(1), LL);
    done(firmware.bootDone(1));
    done(firmware.powerOff(1));
    done(firmware.checkRestore(1));
    return firmware.power(1);
  }
}
