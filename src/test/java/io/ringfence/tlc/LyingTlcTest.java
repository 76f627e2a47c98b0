package io.ringfence.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a TLC prints that does not check the model, none of it is a success. */
@Timeout(120)
class LyingTlcTest {
  @TempDir Path directory;

  private TlcResult run(String lie, Duration limit) throws Exception {
    Path module = Files.writeString(directory.resolve(lie + ".tla"), "");
    Path config = Files.writeString(directory.resolve(lie + ".cfg"), "INVARIANT Inv\n");
    return new TlcRunner(LyingTlc.class.getName())
        .run(
            new TlcJob(
                module,
                config,
                List.of(),
                1,
                limit,
                64,
                true,
                List.of("-XX:TieredStopAtLevel=1"),
                LyingTlc.classPath()),
            ProgressListener.NONE);
  }

  private String outcome(String lie) throws Exception {
    TlcOutcome outcome = run(lie, Duration.ofSeconds(60)).outcome();
    if (outcome instanceof TlcOutcome.Failed failed) {
      return failed.kind().name();
    }
    return outcome instanceof TlcOutcome.Incomplete incomplete
        ? incomplete.reason().name()
        : outcome.getClass().getSimpleName();
  }

  @Test
  void believesAnHonestOne() throws Exception {
    assertThat(outcome("Honest")).isEqualTo("Success");
  }

  @Test
  void believesAnHonestOneWhoseSpecificationPrintsAlot() throws Exception {
    assertThat(outcome("ChattySpecification")).isEqualTo("Success");
  }

  @ParameterizedTest
  @CsvSource({
    "LeftOnQueue, LEFT_ON_QUEUE",
    "EmptyInit, NO_STATES",
    "NoInitialStatesMessage, NO_STATES",
    "OutOfMemory, OUT_OF_MEMORY",
    "OutOfMemoryMessage, OUT_OF_MEMORY",
    "CrashAfterSuccess, CRASH",
    "SuccessWithExitOne, CRASH",
    "ExceptionAfterSuccess, CRASH",
    "SuccessAfterViolation, PROTOCOL",
    "ViolationWithExitZero, PROTOCOL",
    "ViolationWithoutTrace, PROTOCOL",
    "ViolationOfAnUnknownInvariant, PROTOCOL",
    "TraceOutOfOrder, PROTOCOL",
    "TraceWithoutViolation, PROTOCOL",
    "Empty, PROTOCOL",
    "Truncated, PROTOCOL",
    "NoFinishedMessage, PROTOCOL",
    "NoSuccessMessage, PROTOCOL",
    "NoTotals, PROTOCOL",
    "AnotherModule, PROTOCOL",
    "TwoSuccesses, PROTOCOL",
    "TalkAfterFinish, PROTOCOL",
    "SimulationMode, PROTOCOL",
    "CountsContradict, PROTOCOL",
    "StrangeTotals, PROTOCOL",
    "HugeCount, PROTOCOL",
    "NestedSuccess, PROTOCOL",
    "BrokenMarker, PROTOCOL",
    "WrongEnd, PROTOCOL",
    "UnknownClass, PROTOCOL",
    "PlainText, PROTOCOL",
    "Garbage, PROTOCOL",
    "HugeLine, PROTOCOL",
    "HugeMessage, PROTOCOL",
    "EndlessMessages, PROTOCOL"
  })
  void doesNotBelieveALie(String lie, String expected) throws Exception {
    assertThat(outcome(lie)).isEqualTo(expected);
  }

  @Test
  void stopsOneThatHangsAfterItsSuccess() throws Exception {
    TlcResult result = run("Hang", Duration.ofSeconds(3));

    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            TlcOutcome.Incomplete.class,
            incomplete ->
                assertThat(incomplete.reason()).isEqualTo(TlcOutcome.IncompleteReason.TIMEOUT));
    assertThat(result.exitCode()).isEmpty();
    assertThat(result.wallTime()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void stopsTheChildrenToo() throws Exception {
    List<Long> before = ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();

    run("HangWithChild", Duration.ofSeconds(3));

    Thread.sleep(500);
    assertThat(ProcessHandle.allProcesses().filter(LyingTlcTest::isLiar)).isEmpty();
    assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid)).isSubsetOf(before);
  }

  private static boolean isLiar(ProcessHandle process) {
    Optional<String[]> arguments = process.info().arguments();
    return process.isAlive()
        && arguments.isPresent()
        && List.of(arguments.get()).contains(LyingTlc.class.getName())
        && List.of(arguments.get()).contains("Hang.tla");
  }

  @Test
  void stopsTheProcessWhenInterrupted() throws Exception {
    Thread runner =
        new Thread(
            () -> {
              try {
                run("Hang", Duration.ofMinutes(5));
              } catch (Exception e) {
                Thread.currentThread().interrupt();
              }
            });
    runner.start();
    Thread.sleep(2_000);
    runner.interrupt();
    runner.join(10_000);

    assertThat(runner.isAlive()).isFalse();
    Thread.sleep(500);
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("LyingTlc")))
        .isEmpty();
  }

  @Test
  void leavesNoFilesBehind() throws Exception {
    TlcResult result = run("Honest", Duration.ofSeconds(60));

    String metadir = result.command().get(result.command().indexOf("-metadir") + 1);
    assertThat(Path.of(metadir).getParent()).doesNotExist();
  }
}
