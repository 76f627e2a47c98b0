package io.ringfence.binding.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Ram;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The threads of the first draft, as it registers the EDF scheduler where user space gets. */
class OwnershipThreadsTest {
  private static RecordedTrace recorded;
  private static List<ThreadPicture> pictures;

  @BeforeAll
  static void replay() throws IOException {
    recorded = RecordedTrace.read(Path.of("src/test/resources/traces/v1-own-11.itf.json"));
    Replay replay =
        Replayer.replay(
            recorded.trace(),
            Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE),
            true);
    pictures = replay.steps().stream().map(step -> Objects.requireNonNull(step.threads())).toList();
  }

  private static Lane lane(int step, String name) {
    return pictures.get(step).lanes().stream()
        .filter(lane -> lane.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aThreadIsIdleUntilItBeginsACall() {
    assertThat(lane(0, "k0"))
        .isEqualTo(new Lane("k0", "c0", Mode.KERNEL, Status.IDLE, "", "", List.of()));
    assertThat(lane(1, "k0"))
        .isEqualTo(
            new Lane(
                "k0",
                "c0",
                Mode.KERNEL,
                Status.READY,
                "",
                "I2_ValidateOps",
                List.of("scheduler_init")));
  }

  @Test
  void registeringIsACallInsideTheInitialization() {
    assertThat(pictures)
        .anySatisfy(
            picture ->
                assertThat(picture.lanes().get(0).calls())
                    .containsExactly("scheduler_init", "scheduler_register"));
  }

  @Test
  void aListIsWalkedThroughItsBrokenStatesToItsNodes() {
    assertThat(
            pictures.stream()
                .flatMap(picture -> picture.lists().stream())
                .map(list -> list.name() + ": " + list.items() + list.broken())
                .distinct())
        .containsExactly(
            "user list of c0: []U2 was not written",
            "user list of c0: []NULL",
            "user list of c0: []",
            "user list of c0: [Item[name=U1, state=EDF]]");
  }

  @Test
  void aWalkSaysWhereTheLinksLeadAstray() {
    OwnershipModel model = OwnershipModel.read(recorded.constants(), Switches.NONE);
    Firmware firmware = new Firmware(model.firmware(Set.of()));
    OwnershipNames names = new OwnershipNames(model, firmware);
    Ram ram = firmware.ram();
    int head = names.blocks().get("U1");
    int node = names.blocks().get("U2");
    ram.shadow().declareStatic(head, ListItem.STRUCT.size());
    ram.shadow().declareStatic(node, ListItem.STRUCT.size());
    ram.store32(names.symbol("_u_schedulers"), head);
    ram.store32(head, node);
    ram.store32(node, node);
    OwnershipThreads threads = new OwnershipThreads(model, firmware, names);
    assertThat(onlyList(threads)).isEqualTo("U2 cycle");
    ram.store32(node, 0x1234);
    assertThat(onlyList(threads)).isEqualTo("U2 leads to 0x00001234");
    ram.store32(node, 0);
    assertThat(onlyList(threads)).isEqualTo("U2 NULL");
    ram.store32(node, head);
    assertThat(onlyList(threads)).isEqualTo("U2 ");
    ram.shadow().release(node, ListItem.STRUCT.size());
    assertThat(onlyList(threads)).isEqualTo("leads into dead memory, U2");
  }

  private static String onlyList(OwnershipThreads threads) {
    ThreadPicture.ItemList list = threads.draw().lists().get(0);
    return list.items().stream().map(item -> item.name() + " ").collect(Collectors.joining())
        + list.broken();
  }
}
