package io.ringfence.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What JUnit says of a test class, run within a test. */
final class JUnitRun {
  /** The message of a test that does not fail. */
  static final String PASSED = "passed";

  private static final String PARALLEL = "junit.jupiter.execution.parallel.";

  private final EngineExecutionResults results;

  private JUnitRun(EngineExecutionResults results) {
    this.results = results;
  }

  static JUnitRun of(Class<?> testClass) {
    return run(testClass, false);
  }

  /** Runs all methods at the same time. */
  static JUnitRun parallel(Class<?> testClass) {
    return run(testClass, true);
  }

  private static JUnitRun run(Class<?> testClass, boolean parallel) {
    return new JUnitRun(
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(PARALLEL + "enabled", String.valueOf(parallel))
            .configurationParameter(PARALLEL + "mode.default", "concurrent")
            .configurationParameter(PARALLEL + "config.strategy", "fixed")
            .configurationParameter(PARALLEL + "config.fixed.parallelism", "4")
            .selectors(selectClass(testClass))
            .execute());
  }

  /** Returns the messages of the tests of a method, by name, in the order in which they ended. */
  Map<String, String> messages(String method) {
    Map<String, String> messages = new LinkedHashMap<>();
    results.testEvents().finished().stream()
        .filter(event -> method(event.getTestDescriptor()).equals(method + "()"))
        .forEach(event -> messages.put(event.getTestDescriptor().getDisplayName(), message(event)));
    return messages;
  }

  private static String method(TestDescriptor test) {
    return test.getParent().map(TestDescriptor::getDisplayName).orElse("");
  }

  private static String message(Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .map(Throwable::getMessage)
        .orElse(PASSED);
  }
}
