package io.ringfence.firmware.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.tasks.TaskFrame.Label;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the others when a verifier refuses a user thread's call: finding R-86. */
class KilledThreadTest {
  private static TaskFirmware killedThread(Set<Fix> fixes) {
    Design design = new Design(Variant.MERGED, fixes, Set.of(), false, Set.of());
    TaskFirmware firmware = new TaskFirmware(design, 2, 1, 2, 2, 1, 1, 1);
    assertThat(firmware.forge(0, TaskForgery.PRIV_KERNEL)).isTrue();
    assertThat(firmware.call(0, TaskCall.ZEPHYR_LL_TASK_SEM_ALLOC, 0)).isTrue();
    assertThat(firmware.verify(0)).isTrue();
    assertThat(firmware.threads().label(0)).isEqualTo(Label.DEAD);
    return firmware;
  }

  @Test
  void theFirmwareHaltsWithTheThread() {
    TaskFirmware firmware = killedThread(Set.of());
    assertThat(firmware.threads().stopped()).isEqualTo(Why.VERIFY);
    assertThat(firmware.call(1, TaskCall.ZEPHYR_LL_TASK_SEM_ALLOC, 0))
        .as("nobody runs any more")
        .isFalse();
  }

  @Test
  void aRepairedFirmwareGoesOn() {
    TaskFirmware firmware = killedThread(Set.of(Fix.OUTLIVE_USER_THREADS));
    assertThat(firmware.threads().stopped()).isEqualTo(Why.NOTHING);
    assertThat(firmware.call(1, TaskCall.ZEPHYR_LL_TASK_SEM_ALLOC, 0)).isTrue();
  }
}
