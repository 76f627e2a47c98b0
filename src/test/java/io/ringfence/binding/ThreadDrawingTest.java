package io.ringfence.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.Why;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a thread does, from where its call stands and who holds the lock. */
class ThreadDrawingTest {
  private static final Stand TAKES = Stand.at("take", List.of("f", "g")).taking("m");

  private static ThreadPicture draw(Why halt, @Nullable String owner, Stand stand) {
    return new ThreadDrawing(halt)
        .lock("m", LockKind.MUTEX, owner)
        .thread("a", "0", Mode.USER, stand)
        .draw(List.of(), List.of());
  }

  private static Lane lane(Why halt, @Nullable String owner, Stand stand) {
    return draw(halt, owner, stand).lanes().get(0);
  }

  @Test
  void aThreadIsBlockedOnlyByALockThatAnotherOneHolds() {
    assertThat(draw(Why.NOTHING, "b", TAKES).locks())
        .containsExactly(new Lock("m", LockKind.MUTEX, "b", 1, List.of("a")));
    assertThat(lane(Why.NOTHING, "b", TAKES))
        .isEqualTo(
            new Lane("a", "0", Mode.USER, Status.BLOCKED, "the m", "take", List.of("f", "g")));
    assertThat(lane(Why.NOTHING, "a", TAKES).status()).isEqualTo(Status.READY);
    assertThat(draw(Why.NOTHING, null, TAKES).locks())
        .containsExactly(new Lock("m", LockKind.MUTEX, null, 0, List.of()));
    assertThat(lane(Why.NOTHING, "b", Stand.at("go", List.of())).status()).isEqualTo(Status.READY);
  }

  @Test
  void aThreadWithoutACallIsIdleAndOneWithoutItsEventWaits() {
    assertThat(lane(Why.NOTHING, "b", Stand.IDLE).status()).isEqualTo(Status.IDLE);
    Lane waits = lane(Why.NOTHING, null, TAKES.waitingFor("work"));
    assertThat(waits.status()).isEqualTo(Status.WAITING);
    assertThat(waits.detail()).isEqualTo("work");
  }

  @Test
  void aThreadThatDiedIsToldFromThoseThatStoppedWithIt() {
    assertThat(lane(Why.PANIC, null, Stand.dead(Why.NULL_DEREFERENCE)).detail())
        .isEqualTo("NULL dereference");
    Lane other = lane(Why.PANIC, "b", TAKES);
    assertThat(other.status()).isEqualTo(Status.ABORTED);
    assertThat(other.detail()).isEqualTo("all stopped: panic");
    assertThat(draw(Why.PANIC, "b", TAKES).locks().get(0).waiting()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "USE_AFTER_FREE, use after free",
    "OUT_OF_BOUNDS, access outside of any block",
    "INVALID_FREE, invalid free",
    "UNINITIALIZED, uninitialized read",
    "MISUSE, initialization of an object in use"
  })
  void whatHardwareDoesNotNoticeEndsTheSimulationOnly(Why why, String detail) {
    Lane culprit = lane(Why.NOTHING, null, Stand.dead(why));
    assertThat(culprit.status()).isEqualTo(Status.UNFOLLOWED);
    assertThat(culprit.detail()).isEqualTo(detail);
    Lane other = lane(why, null, TAKES);
    assertThat(other.status()).isEqualTo(Status.UNFOLLOWED);
    assertThat(other.detail()).isEmpty();
  }

  @Test
  void anEndlessLoopAbortsNobody() {
    assertThat(lane(Why.HANG, null, Stand.dead(Why.HANG)).status()).isEqualTo(Status.HUNG);
    assertThat(lane(Why.HANG, null, TAKES).status()).isEqualTo(Status.UNFOLLOWED);
  }
}
