package io.ringfence.tlc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A TLC that lies: it checks nothing and prints what the real one prints when it goes wrong, and
 * what it could print. The name of the root module chooses the lie, or of the one that it extends.
 */
final class LyingTlc {
  private static Path root = Path.of("");

  private LyingTlc() {}

  /** Return the class path from which another JVM can run this. */
  static Path classPath() throws URISyntaxException {
    return Path.of(LyingTlc.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  public static void main(String[] args) throws Exception {
    root = Path.of(args[args.length - 1]);
    String name = root.getFileName().toString().replace(".tla", "");
    switch (name.equals("RingfenceBatch") ? extended(root) : name) {
      case "GuardReported" ->
          complete(
              () -> {
                guard("Invariant Ringfence_001", 2110);
                trace();
              });
      case "GuardReportedTwice" ->
          complete(
              () -> {
                guard("Invariant Ringfence_001", 2110);
                trace();
                guard("Invariant Ringfence_001", 2110);
                trace();
              });
      case "GuardWithoutTrace" -> complete(() -> guard("Invariant Ringfence_001", 2110));
      case "GuardOfTheOtherKind" ->
          complete(
              () -> {
                guard("Action property Ringfence_001", 2112);
                trace();
              });
      case "GuardWithALoop" ->
          complete(
              () -> {
                guard("Action property Ringfence_002", 2112);
                trace();
                message(2218, 4, "2: Stuttering");
              });
      case "GuardShared" ->
          complete(
              () -> {
                System.out.println("<<\"Ringfence_002\", \"Ringfence_001\">>");
                guard("Invariant Ringfence_001", 2110);
                trace();
              });
      case "GuardSharedTwice" ->
          complete(
              () -> {
                System.out.println("<<\"Ringfence_002\", \"Ringfence_001\">>");
                System.out.println("<<\"Ringfence_002\", \"Ringfence_001\">>");
                guard("Invariant Ringfence_001", 2110);
                trace();
              });
      case "GuardSharedAndReported" ->
          complete(
              () -> {
                System.out.println("<<\"Ringfence_002\", \"Ringfence_001\">>");
                guard("Invariant Ringfence_001", 2110);
                trace();
                guard("Invariant Ringfence_002", 2110);
                trace();
              });
      case "GuardSharedWithNothing" ->
          complete(
              () -> {
                System.out.println("<<\"Ringfence_002\", \"Ringfence_001\">>");
              });
      case "GuardInitiallyWithoutState" ->
          complete(
              () -> {
                message(2107, 1, "Invariant Ringfence_001 is violated by the initial state:\n");
              });
      case "GuardInitially" ->
          complete(
              () -> {
                message(
                    2107, 1, "Invariant Ringfence_001 is violated by the initial state:\nx = 0\n");
              });
      case "GuardOfNothing" ->
          complete(
              () -> {
                guard("Invariant Ringfence_003", 2110);
                trace();
              });
      case "Honest" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
      }
      case "LeftOnQueue" -> {
        start();
        initial(1);
        success();
        totals(70_000, 65_000, 64_056);
        finish();
      }
      case "SuccessAfterViolation" -> {
        start();
        initial(1);
        violation();
        success();
        totals(9, 5, 0);
        finish();
      }
      case "ViolationWithExitZero" -> {
        start();
        initial(1);
        violation();
        totals(9, 5, 0);
        finish();
      }
      case "ViolationWithoutTrace" -> {
        start();
        initial(1);
        message(2110, 1, "Invariant Inv is violated.");
        totals(9, 5, 0);
        finish();
        System.exit(12);
      }
      case "ViolationOfAnUnknownInvariant" -> {
        start();
        initial(1);
        message(2110, 1, "Invariant Other is violated.");
        message(2121, 1, "The behavior up to this point is:");
        message(2217, 4, "1: <Initial predicate>\nx = 0\n");
        totals(9, 5, 0);
        finish();
        System.exit(12);
      }
      case "TraceOutOfOrder" -> {
        start();
        initial(1);
        message(2110, 1, "Invariant Inv is violated.");
        message(2217, 4, "2: <Initial predicate>\nx = 0\n");
        totals(9, 5, 0);
        finish();
        System.exit(12);
      }
      case "TraceWithoutViolation" -> {
        start();
        initial(1);
        message(2217, 4, "1: <Initial predicate>\nx = 0\n");
        success();
        totals(9, 5, 0);
        finish();
      }
      case "Empty" -> {
        // Exit code 0 and not a word.
      }
      case "Truncated" -> {
        start();
        initial(1);
        System.out.print("@!@!@STARTMSG 2193:0 @!@!@\nModel checking completed. No err");
      }
      case "Hang" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
        Thread.sleep(600_000);
      }
      case "HangWithChild" -> {
        start();
        Process child =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LyingTlc.class.getName(),
                    "Hang.tla")
                .inheritIO()
                .start();
        System.out.println("child " + child.pid());
        System.err.println("child " + child.pid());
        Thread.sleep(600_000);
      }
      case "OutOfMemory" -> {
        start();
        initial(1);
        success();
        int[][] all = new int[1 << 20][];
        for (int i = 0; i < all.length; i++) {
          all[i] = new int[1 << 20];
        }
        System.out.println(all.length);
      }
      case "OutOfMemoryMessage" -> {
        start();
        message(1001, 1, "Java ran out of memory.");
        finish();
        System.exit(153);
      }
      case "CrashAfterSuccess" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        System.out.flush();
        Runtime.getRuntime().halt(134);
      }
      case "ExceptionAfterSuccess" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        message(1000, 1, "TLC threw an unexpected exception.");
        finish();
      }
      case "EmptyInit" -> {
        start();
        initial(0);
        success();
        totals(0, 0, 0);
        finish();
      }
      case "SuccessWithExitOne" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
        System.exit(1);
      }
      case "NoFinishedMessage" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
      }
      case "NoSuccessMessage" -> {
        start();
        initial(1);
        totals(9, 5, 0);
        finish();
      }
      case "AnotherModule" -> {
        root = root.resolveSibling("Another.tla");
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
      }
      case "NoTotals" -> {
        start();
        initial(1);
        success();
        finish();
      }
      case "NoInitialStatesMessage" -> {
        start();
        success();
        totals(9, 5, 0);
        finish();
      }
      case "TwoSuccesses" -> {
        start();
        initial(1);
        success();
        success();
        totals(9, 5, 0);
        finish();
      }
      case "TalkAfterFinish" -> {
        start();
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
        message(
            2200,
            0,
            "Progress(1): 1 states generated, 1 distinct states found, "
                + "1 states left on queue.");
        message(2199, 0, "9 states generated, 5 distinct states found, 0 states left on queue.");
      }
      case "SimulationMode" -> {
        message(2262, 0, "TLC2 Version 0");
        message(2188, 0, "Running Random Simulation");
        initial(1);
        success();
        totals(9, 5, 0);
        finish();
      }
      case "CountsContradict" -> {
        start();
        initial(7);
        success();
        totals(3, 5, 0);
        finish();
      }
      case "StrangeTotals" -> {
        start();
        initial(1);
        success();
        message(2199, 0, "nine states generated, five found, none left on queue.");
        finish();
      }
      case "HugeCount" -> {
        start();
        initial(1);
        success();
        message(
            2199,
            0,
            "9 states generated, 99999999999999999999 distinct states found, 0 states left on"
                + " queue.");
        finish();
      }
      case "NestedSuccess" -> {
        start();
        initial(1);
        System.out.println("@!@!@STARTMSG 1000:0 @!@!@");
        success();
        System.out.println("@!@!@ENDMSG 1000 @!@!@");
        totals(9, 5, 0);
        finish();
      }
      case "BrokenMarker" -> {
        start();
        initial(1);
        System.out.println("@!@!@STARTMSG 2193");
        success();
        totals(9, 5, 0);
        finish();
      }
      case "WrongEnd" -> {
        start();
        initial(1);
        System.out.println("@!@!@ENDMSG 2193 @!@!@");
        success();
        totals(9, 5, 0);
        finish();
      }
      case "UnknownClass" -> {
        start();
        initial(1);
        message(2193, 9, "Model checking completed.");
        totals(9, 5, 0);
        finish();
      }
      case "PlainText" -> {
        System.out.println("Model checking completed. No error has been found.");
        System.out.println("9 states generated, 5 distinct states found, 0 states left on queue.");
        System.out.println("Finished in 1s");
      }
      case "Garbage" -> {
        byte[] bytes = new byte[1 << 16];
        new java.util.Random(1).nextBytes(bytes);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
      }
      case "HugeLine" -> {
        start();
        String chunk = "x".repeat(1 << 20);
        while (true) {
          System.out.print(chunk);
        }
      }
      case "HugeMessage" -> {
        start();
        System.out.println("@!@!@STARTMSG 2193:0 @!@!@");
        String chunk = "x".repeat(1 << 16);
        while (true) {
          System.out.println(chunk);
        }
      }
      case "EndlessMessages" -> {
        start();
        while (true) {
          message(2190, 0, "Finished computing initial states: 1 distinct state generated at x.");
        }
      }
      case "ChattySpecification" -> {
        start();
        initial(1);
        for (int i = 0; i < 200_000; i++) {
          System.out.println("<<\"a value that the specification prints\", " + i + ">>");
        }
        success();
        totals(9, 5, 0);
        finish();
      }
      default -> throw new IllegalArgumentException(name);
    }
  }

  /** A run to the end, and what it says between its start and its end. */
  private static void complete(Runnable between) {
    start();
    initial(1);
    between.run();
    success();
    totals(9, 5, 0);
    finish();
  }

  private static void start() {
    message(2262, 0, "TLC2 Version 2.18 of 20 March 2023");
    message(2220, 0, "Starting SANY...");
    System.out.println("Parsing file " + root);
    message(2219, 0, "SANY finished.");
    message(2187, 0, "Running breadth-first search Model-Checking with fp 0 and seed 1");
  }

  private static void initial(int count) {
    message(
        2190,
        0,
        "Finished computing initial states: " + count + " distinct states generated at x.");
  }

  private static void violation() {
    message(2110, 1, "Invariant Inv is violated.");
    message(2121, 1, "The behavior up to this point is:");
    message(2217, 4, "1: <Initial predicate>\nx = 0\n");
  }

  private static String extended(Path module) throws IOException {
    return Files.readAllLines(module).get(1).replace("EXTENDS ", "");
  }

  private static void guard(String what, int code) {
    message(code, 1, what + " is violated.");
    message(2121, 1, "The behavior up to this point is:");
  }

  private static void trace() {
    message(2217, 4, "1: <Initial predicate>\nx = 0\n");
  }

  private static void success() {
    message(
        2193,
        0,
        "Model checking completed. No error has been found.\n"
            + "  calculated (optimistic):  val = 1.1E-18");
  }

  private static void totals(long generated, long distinct, long queue) {
    message(
        2199,
        0,
        generated
            + " states generated, "
            + distinct
            + " distinct states found, "
            + queue
            + " states left on queue.");
  }

  private static void finish() {
    message(2186, 0, "Finished in 1ms at (x)");
  }

  private static void message(int code, int severity, String text) {
    System.out.println(
        "@!@!@STARTMSG "
            + code
            + ":"
            + severity
            + " @!@!@\n"
            + text
            + "\n@!@!@ENDMSG "
            + code
            + " @!@!@");
  }
}
