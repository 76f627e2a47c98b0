package io.ringfence.firmware.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ListItemProperties {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int HEAD = 2 * PAGE;
  private static final int NODES = 12;

  private final Ram ram = new Ram(0, 4 * PAGE);
  private final Cpu cpu;

  ListItemProperties() {
    MemoryDomains domains = new MemoryDomains(ram, PAGE, 1);
    domains.initialize();
    cpu = new Cpu(ram, domains);
    ram.shadow().declareStatic(HEAD, PAGE);
  }

  private static int node(int number) {
    return HEAD + ListItem.STRUCT.size() * (1 + number);
  }

  @Property
  void behavesAsAJavaListAndKeepsAllLinksIntact(@ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> model = new LinkedList<>();
    List<Integer> unlinked = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      unlinked.add(node(i));
      ListItem.init(cpu, node(i));
    }
    ListItem.init(cpu, HEAD);
    for (int step = 0; step < 60; step++) {
      boolean insert = !unlinked.isEmpty() && (model.isEmpty() || random.nextInt(5) < 3);
      if (insert) {
        int item = unlinked.remove(random.nextInt(unlinked.size()));
        // Position -1 is the head.
        int at = random.nextInt(model.size() + 1) - 1;
        int position = at < 0 ? HEAD : model.get(at);
        if (random.nextBoolean()) {
          ListItem.append(cpu, item, position);
          model.add(at < 0 ? model.size() : at, item);
        } else {
          ListItem.prepend(cpu, item, position);
          model.add(at + 1, item);
        }
      } else {
        int item = model.remove(random.nextInt(model.size()));
        ListItem.delete(cpu, item);
        unlinked.add(item);
      }
      assertLinks(model, unlinked);
    }
  }

  private void assertLinks(List<Integer> model, List<Integer> unlinked) {
    List<Integer> forward = new ArrayList<>();
    for (int at = ListItem.next(cpu, HEAD); at != HEAD; at = ListItem.next(cpu, at)) {
      forward.add(at);
      assertThat(forward).hasSizeLessThanOrEqualTo(NODES);
    }
    List<Integer> backward = new LinkedList<>();
    for (int at = ListItem.prev(cpu, HEAD); at != HEAD; at = ListItem.prev(cpu, at)) {
      backward.add(0, at);
      assertThat(backward).hasSizeLessThanOrEqualTo(NODES);
    }
    assertThat(forward).isEqualTo(model);
    assertThat(backward).isEqualTo(model);
    assertThat(ListItem.isEmpty(cpu, HEAD)).isEqualTo(model.isEmpty());
    for (int item : unlinked) {
      assertThat(ListItem.isEmpty(cpu, item)).isTrue();
      assertThat(ListItem.prev(cpu, item)).isEqualTo(item);
    }
  }

  @Example
  void deletingTwiceIsHarmlessAndDeletingAZeroedNodeIsANullDereference() {
    ListItem.init(cpu, HEAD);
    ListItem.append(cpu, node(0), HEAD);
    ListItem.delete(cpu, node(0));
    ListItem.delete(cpu, node(0));
    assertThat(ListItem.isEmpty(cpu, HEAD)).isTrue();
    MemoryFault fault =
        catchThrowableOfType(MemoryFault.class, () -> ListItem.delete(cpu, node(1)));
    assertThat(fault.kind()).isEqualTo(FaultKind.NULL_DEREFERENCE);
  }

  @Example
  void aFaultInTheMiddleLeavesTheLinksThatTheCodeInCWouldLeave() {
    ListItem.init(cpu, HEAD);
    int freed = node(3);
    ram.shadow().release(freed, ListItem.STRUCT.size());
    assertThatExceptionOfType(MemoryFault.class)
        .isThrownBy(() -> ListItem.prepend(cpu, freed, HEAD));
    assertThat(ListItem.prev(cpu, HEAD)).as("prepend sets next->prev first").isEqualTo(freed);
    assertThat(ListItem.next(cpu, HEAD)).isEqualTo(HEAD);
    ListItem.init(cpu, HEAD);
    assertThatExceptionOfType(MemoryFault.class)
        .isThrownBy(() -> ListItem.append(cpu, freed, HEAD));
    assertThat(ListItem.next(cpu, HEAD)).as("append sets tail->next first").isEqualTo(freed);
    assertThat(ListItem.prev(cpu, HEAD)).isEqualTo(HEAD);
  }
}
