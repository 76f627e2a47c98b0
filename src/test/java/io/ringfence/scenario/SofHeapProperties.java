package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Long random lives of all heaps behind SOF's allocation functions, in four builds. */
class SofHeapProperties {
  private static final int OPERATIONS = 12_000;
  private static final int CHECKED = 16;
  private static final int FEW = 50;

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void everyBlockComesFromTheHeapThatIsAskedForAndGoesBackThere(
      @ForAll long seed, @ForAll boolean hasShared, @ForAll boolean hasVirtual) {
    SofHeapLife life = new SofHeapLife(new Random(seed), hasShared, hasVirtual);
    for (int i = 0; i < OPERATIONS; i++) {
      life.step();
      if (i % CHECKED == 0) {
        life.check();
      }
    }
    life.freeAll();
    for (HeapSource source : HeapSource.values()) {
      assertThat(life.successes.getOrDefault(source, 0))
          .as("blocks of %s", source)
          .isGreaterThan(FEW);
      assertThat(life.failures.getOrDefault(source, Map.of()))
          .as("failures of %s by cause", source)
          .containsOnlyKeys(life.causes(source));
    }
  }
}
