package io.ringfence.tlc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A running TLC: its output is read while it runs, and neither it nor a child of it outlives the
 * run, this JVM included.
 */
final class TlcProcess {
  private static final int MAX_STANDARD_ERROR = 1 << 14;

  /** How long a stopped process may take to close its output. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Options in these variables would change what the command line says. */
  private static final List<String> JVM_OPTION_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

  private final Process process;
  private final Transcript transcript;
  private final Predicate<TlcMessage> unwanted;
  private final Thread outputReader;
  private final Thread errorReader;
  private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();
  private volatile boolean stopped;

  private TlcProcess(Process process, Transcript transcript, Predicate<TlcMessage> unwanted) {
    this.process = process;
    this.transcript = transcript;
    this.unwanted = unwanted;
    this.outputReader = new Thread(this::readOutput, "tlc-output");
    this.errorReader = new Thread(this::readError, "tlc-error");
  }

  /**
   * Start a process.
   *
   * @param unwanted the process is stopped at the first message for which this holds; asked once
   *     for each, in their order
   */
  static TlcProcess start(
      List<String> command, Path directory, Transcript transcript, Predicate<TlcMessage> unwanted)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeAll(JVM_OPTION_VARIABLES);
    Process process = builder.start();
    TlcProcess running = new TlcProcess(process, transcript, unwanted);
    process.getOutputStream().close();
    running.outputReader.setDaemon(true);
    running.errorReader.setDaemon(true);
    running.outputReader.start();
    running.errorReader.start();
    return running;
  }

  /**
   * Wait for the end, stopping the process at the limit.
   *
   * @return the exit code; empty if the limit was reached
   */
  OptionalInt await(Duration limit) throws InterruptedException {
    Thread onShutdown = new Thread(this::kill, "tlc-shutdown");
    Runtime.getRuntime().addShutdownHook(onShutdown);
    try {
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill();
      }
      // A child can keep the output open after the process itself has ended.
      outputReader.join(GRACE.toMillis());
      if (outputReader.isAlive()) {
        kill();
        outputReader.join(GRACE.toMillis());
        transcript.fail(new ProtocolException("The output of TLC did not end with the process"));
      }
      errorReader.join(GRACE.toMillis());
      return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } finally {
      kill();
      removeHook(onShutdown);
    }
  }

  /** Say whether the process was stopped at an unwanted message. */
  boolean stopped() {
    return stopped;
  }

  String standardError() {
    return standardError.toString(StandardCharsets.UTF_8);
  }

  private void kill() {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      List<ProcessHandle> children = descendants.toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down, so the hook is running or has run.
    }
  }

  private void readOutput() {
    try (InputStream in = process.getInputStream();
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      new MessageReader(this::message, transcript::otherLine).readAll(reader);
    } catch (ProtocolException e) {
      transcript.fail(e);
      kill();
    } catch (IOException e) {
      transcript.fail(new ProtocolException("The output of TLC broke off: " + e.getMessage()));
    }
  }

  private void message(TlcMessage message) {
    transcript.message(message);
    if (unwanted.test(message)) {
      stopped = true;
      kill();
    } else if (transcript.problem() != null) {
      kill();
    }
  }

  private void readError() {
    byte[] chunk = new byte[1 << 12];
    try (InputStream in = process.getErrorStream()) {
      int count;
      while ((count = in.read(chunk)) >= 0) {
        int room = MAX_STANDARD_ERROR - standardError.size();
        if (room > 0) {
          standardError.write(chunk, 0, Math.min(count, room));
        }
      }
    } catch (IOException e) {
      standardError.writeBytes(
          ("(broke off: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
    }
  }
}
