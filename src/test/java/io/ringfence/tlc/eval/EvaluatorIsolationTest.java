package io.ringfence.tlc.eval;

import static io.ringfence.tlc.TlaResources.file;
import static io.ringfence.tlc.TlaResources.tlcJar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models in one JVM do not disturb each other, as two models in one class loader do. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EvaluatorIsolationTest {
  private static Evaluator open(String module, String config) throws IOException {
    return Evaluators.open(file(module + ".tla"), file(config + ".cfg"), List.of(), tlcJar());
  }

  private static Set<Long> fingerprints(String module, String config) {
    try (Evaluator evaluator = open(module, config)) {
      return StateGraph.explore(evaluator).fingerprints();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoModelsTakeTurns() throws Exception {
    Set<Long> queuesAlone = fingerprints("Queues", "QueuesAll");
    Set<Long> counterAlone = fingerprints("Counter", "Counter");
    try (Evaluator queues = open("Queues", "QueuesAll");
        Evaluator counter = open("Counter", "Counter")) {
      SpecState first = queues.initialStates().get(0);
      assertThat(StateGraph.explore(counter).fingerprints()).isEqualTo(counterAlone);
      assertThat(queues.fingerprint(first)).isIn(queuesAlone);
      assertThat(StateGraph.explore(queues).fingerprints()).isEqualTo(queuesAlone);
      assertThat(StateGraph.explore(counter).fingerprints()).isEqualTo(counterAlone);
    }
  }

  @Test
  void severalModelsRunAtATime() {
    Set<Long> queues = fingerprints("Queues", "QueuesAll");
    Set<Long> counter = fingerprints("Counter", "Counter");
    List<CompletableFuture<Set<Long>>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(CompletableFuture.supplyAsync(() -> fingerprints("Queues", "QueuesAll")));
      runs.add(CompletableFuture.supplyAsync(() -> fingerprints("Counter", "Counter")));
    }
    for (int i = 0; i < runs.size(); i++) {
      assertThat(runs.get(i).join()).isEqualTo(i % 2 == 0 ? queues : counter);
    }
  }

  @Test
  void manyModelsInSequenceStayRightAndAreReleased() throws Exception {
    Set<Long> expected = fingerprints("Queues", "QueuesConstrained");
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    long unloadedBefore = classes.getUnloadedClassCount();
    for (int i = 0; i < 15; i++) {
      assertThat(fingerprints("Queues", "QueuesConstrained")).isEqualTo(expected);
    }
    for (int i = 0; i < 20 && classes.getUnloadedClassCount() - unloadedBefore < 1_000; i++) {
      System.gc();
      Thread.sleep(100);
    }

    assertThat(classes.getUnloadedClassCount() - unloadedBefore).isGreaterThan(1_000);
  }

  @Test
  void aStateOfAnotherModelIsRefused() throws Exception {
    try (Evaluator queues = open("Queues", "QueuesAll");
        Evaluator counter = open("Counter", "Counter")) {
      SpecState foreign = queues.initialStates().get(0);

      assertThatThrownBy(() -> counter.fingerprint(foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another evaluator");
    }
  }

  @Test
  void aClosedEvaluatorSaysSo() throws Exception {
    Evaluator evaluator = open("Counter", "Counter");
    evaluator.close();
    evaluator.close();

    assertThatThrownBy(evaluator::initialStates)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
