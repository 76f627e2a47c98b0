package io.ringfence.firmware.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The table of kernel objects does what a map from objects to sets of threads does. */
class ObjectTableProperties {
  private static final int OBJECTS = 6;
  private static final int THREADS = 5;
  private static final int OPERATIONS = 10_000;

  private final SmallMachine machine = new SmallMachine(1, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final ObjectTable table =
      new ObjectTable(cpu, machine.allocateStatic(ObjectTable.bytes(OBJECTS)), OBJECTS);
  private final Map<Integer, Set<Integer>> model = new LinkedHashMap<>();
  private final Set<Integer> everything = new HashSet<>();

  @Property(tries = 10)
  void permitsWhatTheModelPermits(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < OPERATIONS; i++) {
      int thread = random.nextInt(THREADS);
      switch (random.nextInt(5)) {
        case 0, 1 -> alloc(thread);
        case 2 -> {
          int object = any(random);
          table.grant(object, thread);
          model.computeIfPresent(object, (key, threads) -> with(threads, thread));
        }
        case 3 -> {
          int object = any(random);
          table.free(object);
          model.remove(object);
        }
        default -> {
          table.threadEnds(thread);
          model.values().forEach(threads -> threads.remove(thread));
          model.values().removeIf(Set::isEmpty);
        }
      }
      compare();
    }
  }

  private static Set<Integer> with(Set<Integer> threads, int thread) {
    threads.add(thread);
    return threads;
  }

  private void alloc(int thread) {
    int object = table.alloc(ObjectType.SEM, thread);
    if (model.size() == OBJECTS) {
      assertThat(object).isZero();
    } else {
      assertThat(object).isNotZero();
      assertThat(model).doesNotContainKey(object);
      model.put(object, with(new HashSet<>(), thread));
      everything.add(object);
    }
  }

  /** An object that there is or was, or an address that never was one. */
  private int any(Random random) {
    List<Integer> candidates = new ArrayList<>(everything);
    candidates.add(0);
    candidates.add(SmallMachine.BASE);
    return candidates.get(random.nextInt(candidates.size()));
  }

  private void compare() {
    for (int object : everything) {
      Set<Integer> threads = model.getOrDefault(object, Set.of());
      int bits = threads.stream().mapToInt(thread -> 1 << thread).sum();
      assertThat(table.permissions(object)).isEqualTo(bits);
      assertThat(table.isObject(object)).isEqualTo(model.containsKey(object));
      assertThat(machine.ram().shadow().state(object) == ShadowState.FREED)
          .isEqualTo(!model.containsKey(object));
    }
  }

  @Example
  void theVerifierAsksForTheObjectItsTypeAndThePermission() {
    int sem = table.alloc(ObjectType.SEM, 2);
    table.check(sem, ObjectType.SEM, 2);
    assertThatThrownBy(() -> table.check(sem, ObjectType.MUTEX, 2))
        .isInstanceOf(KernelOops.class)
        .hasMessageContaining("is no MUTEX");
    assertThatThrownBy(() -> table.check(sem, ObjectType.SEM, 1))
        .isInstanceOf(KernelOops.class)
        .hasMessageContaining("no permission");
    table.threadEnds(2);
    assertThatThrownBy(() -> table.check(sem, ObjectType.SEM, 2))
        .isInstanceOf(KernelOops.class)
        .hasMessageContaining("no kernel object");
    assertThatThrownBy(() -> table.check(0, ObjectType.SEM, 2)).isInstanceOf(KernelOops.class);
  }
}
