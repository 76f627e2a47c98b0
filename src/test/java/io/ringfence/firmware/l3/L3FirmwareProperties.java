package io.ringfence.firmware.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.l3.L3Firmware.Client;
import io.ringfence.firmware.l3.L3Firmware.Phase;
import io.ringfence.firmware.l3.L3Firmware.Result;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random lives of a library and a module with L3 memory, over many power cycles. */
class L3FirmwareProperties {
  private static final int OPERATIONS = 10_000;

  private static final Design HARDENED =
      new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  /** Makes a call that may not be possible now; whether it was made. */
  private static boolean call(L3Firmware firmware, Random random) {
    // One call of eight is refused, or meets a heap without room.
    boolean ok = random.nextInt(8) != 0;
    return switch (random.nextInt(8)) {
      case 0 -> firmware.powerOn();
      case 1 -> firmware.restore(ok);
      case 2 -> firmware.alloc(Client.LIBRARY, ok ? 0 : 1);
      case 3 -> firmware.alloc(Client.MODULE, ok ? 0 : 1);
      case 4 -> firmware.free(ok ? 0 : 1);
      case 5 -> firmware.sendNotification();
      case 6 -> firmware.setDx(ok);
      default -> firmware.powerOff();
    };
  }

  private static Set<Integer> held(L3Firmware firmware) {
    Set<Integer> held = new HashSet<>();
    for (Client client : Client.values()) {
      held.add(firmware.view().held(client));
    }
    held.remove(0);
    return held;
  }

  @Property(tries = 6)
  void withTheFixesEachStartEndsWithWhatTheClientsHave(@ForAll long seed) {
    Random random = new Random(seed);
    L3Firmware firmware = new L3Firmware(HARDENED);
    firmware.setImrUsed(true);
    int restored = 0;
    int dropped = 0;
    int calls = 0;
    while (calls < OPERATIONS) {
      int saved = firmware.view().savedLibrary();
      if (!call(firmware, random)) {
        continue;
      }
      calls++;
      Result result = firmware.result();
      assertThat(result).as("MEM-6").isNotEqualTo(Result.FAULT);
      assertThat(result).as("HEAP-8").isNotEqualTo(Result.STALE);
      if (firmware.phase() == Phase.UP) {
        assertThat(firmware.view().live()).as("HEAP-14").isEqualTo(held(firmware));
      }
      if (result == Result.RESTORED) {
        restored++;
        assertThat(firmware.view().held(Client.LIBRARY)).as("the same block").isEqualTo(saved);
        assertThat(firmware.view().isContextLive()).isTrue();
      }
      dropped += result == Result.DROPPED ? 1 : 0;
    }
    assertThat(restored).as("libraries restored").isGreaterThan(100);
    assertThat(dropped).as("libraries given up for want of room").isGreaterThan(5);
  }

  @Property(tries = 6)
  void asMergedSomeStartDoesNot(@ForAll long seed) {
    Random random = new Random(seed);
    L3Firmware firmware = new L3Firmware(Design.merged());
    firmware.setImrUsed(true);
    for (int calls = 0; calls < OPERATIONS && firmware.result() != Result.STALE; ) {
      calls += call(firmware, random) ? 1 : 0;
      if (firmware.phase() == Phase.UP && !firmware.view().live().equals(held(firmware))) {
        return;
      }
    }
    assertThat(firmware.result()).isEqualTo(Result.STALE);
  }
}
