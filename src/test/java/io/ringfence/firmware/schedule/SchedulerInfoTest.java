package io.ringfence.firmware.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the information about tasks says, and where it is written. */
class SchedulerInfoTest {
  private static final int BASE = 0x40000000;
  private static final int TASKS = BASE;
  private static final int OFFSET = BASE + 0x200;
  private static final int PROPS = BASE + 0x400;
  private static final int CORE = 1;

  private final Ram ram = new Ram(BASE, 2 * MemoryDomains.PAGE_BYTES);
  private final MemoryDomains domains = new MemoryDomains(ram, BASE + MemoryDomains.PAGE_BYTES, 1);
  private final Cpu cpu = new Cpu(ram, domains);

  @BeforeEach
  void makeAnEmptyList() {
    domains.initialize();
    ram.shadow().declareStatic(BASE, 0x400);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, CORE, 0);
    ListItem.init(cpu, TASKS);
    cpu.store32(OFFSET, 100);
  }

  private void addTasks(int count) {
    for (int i = 1; i <= count; i++) {
      ListItem.append(cpu, TASKS + 16 * i, TASKS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void countsTheTasksOfTheListAndAdvancesTheOffset(int count) {
    ram.shadow().allocate(PROPS, 12 + 8 * count);
    addTasks(count);

    SchedulerInfo.write(cpu, PROPS, OFFSET, TASKS);

    assertThat(cpu.load(SchedulerInfo.CORE_ID, PROPS)).isEqualTo(CORE);
    assertThat(cpu.load(SchedulerInfo.TASK_COUNT, PROPS)).isEqualTo(count);
    assertThat(cpu.load32(OFFSET)).isEqualTo(100 + 12 + 8 * count);
    for (int i = 0; i < count; i++) {
      int task = PROPS + 12 + 8 * i;
      assertThat(cpu.load(SchedulerInfo.TASK_ID, task)).isZero();
      assertThat(cpu.load(SchedulerInfo.MODULE_INSTANCE_COUNT, task)).isZero();
    }
  }

  @Test
  void writesPastABufferThatIsTooShort() {
    ram.shadow().allocate(PROPS, 12 + 8);
    addTasks(2);

    assertThatThrownBy(() -> SchedulerInfo.write(cpu, PROPS, OFFSET, TASKS))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.OUT_OF_BOUNDS));
  }
}
