package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.verify.RunJson;
import io.ringfence.verify.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a new user meets it, wrong arguments included. */
class MainTest {
  private static final String TRACE = "src/test/resources/traces/v1-own-11.itf.json";

  private static String out = "";
  private static String err = "";

  @TempDir private Path folder;

  @BeforeAll
  static void workOnThisProject() {
    System.setProperty("ringfence.home", Path.of("").toAbsolutePath().toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private void copyModelsAndSpecs() throws IOException {
    for (String part : List.of("models", "spec")) {
      copy(Path.of(part), folder.resolve(part));
    }
  }

  private static int run(String... args) {
    CommandRun done = CommandRun.of(args);
    out = done.out();
    err = done.err();
    return done.code();
  }

  @Test
  void wantsASubcommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err).contains("subcommand is missing", "verify");
  }

  @Test
  void refusesAnUnknownSubcommandAndAnUnknownOption() {
    assertThat(run("verfy")).isEqualTo(2);
    assertThat(err).contains("verfy", "verify");
    assertThat(run("list", "--nope")).isEqualTo(2);
    assertThat(err).contains("--nope");
  }

  @Test
  void tellsItsVersionAndItsExitCodes() {
    assertThat(run("--version")).isZero();
    assertThat(out).contains("ringfence", "TLC");
    assertThat(run("--help")).isZero();
    assertThat(out).contains("Exit codes:", "wrong usage or bad input");
  }

  @Test
  void listsModelsWithTheirClaims() {
    assertThat(run("list")).isZero();
    assertThat(out).contains("V1", "ownership/V1.OWN-11.cfg", "KernelListNeverUserReachableInv");
  }

  @Test
  void guessesWhatModelWasMeant() {
    assertThat(run("conform", "merged")).isEqualTo(2);
    assertThat(err).contains("no model 'merged'", "did you mean 'Merged'");
    assertThat(run("verify", "zzz")).isEqualTo(2);
    assertThat(err).contains("no model 'zzz'", "list");
  }

  @Test
  void runsRecordedScenarios() throws IOException {
    Path corpus = Path.of("src/test/resources/oracle-heap");
    assertThat(run("scenario", corpus.resolve("syscall").toString())).isZero();
    assertThat(out).contains("free-range.json", "10 passed, 0 failed");
    String text = Files.readString(corpus.resolve("vpage/lifo.json"));
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(wrong, text.replace("\"total\":32", "\"total\":33"));
    assertThat(run("scenario", wrong.toString())).isEqualTo(1);
    assertThat(out).contains("MISMATCH", "recorded 33, firmware 32", "0 passed, 1 failed");
  }

  @Test
  void runsScenariosOfAllKindsAndGoesOnAfterABadOne() throws IOException {
    Path schedulers = Path.of("src/test/resources/oracle");
    Path allocator = Path.of("src/test/resources/oracle-heap/vpage/lifo.json");
    String text = Files.readString(schedulers.resolve("periodic_user.json"));
    Files.writeString(folder.resolve("a.json"), text.replace("\"tick\"", "\"tack\""));
    Files.writeString(folder.resolve("b.json"), text);
    assertThat(run("scenario", folder.toString(), allocator.toString())).isEqualTo(2);
    assertThat(out).contains("ERROR", "a.json: unknown operation", "match", "2 passed, 1 failed");
  }

  @Test
  void goesOnAfterAScenarioThatTheFirmwareCannotGoOnWith() throws IOException {
    String unknown = "src/test/resources/io/ringfence/cli/thread-created-over-a-live-one.json";
    String known = "src/test/resources/oracle-heap/vpage/lifo.json";
    assertThat(run("scenario", unknown, known)).isEqualTo(3);
    assertThat(out)
        .contains("live-one.json: the firmware cannot go on", "ObjectMisuse", "1 passed, 1 failed");
  }

  @Test
  void writesATraceOfTheLlSchedulerAsAScenarioThatMatches() throws IOException {
    assertThat(run("scenario", "--from", "src/test/resources/traces/ll-mem-3.itf.json")).isZero();
    Path scenario = folder.resolve("ll-mem-3.json");
    Files.writeString(scenario, out);
    assertThat(run("scenario", scenario.toString())).isZero();
    assertThat(out).contains("1 passed, 0 failed");
    assertThat(run("scenario", "--from", TRACE)).isEqualTo(2);
    assertThat(err).contains("LlScheduler");
  }

  @Test
  void refusesScenariosThatAreNotThere() throws IOException {
    assertThat(run("scenario")).isEqualTo(2);
    assertThat(run("scenario", "nowhere")).isEqualTo(2);
    assertThat(err).contains("nowhere: no such file");
    assertThat(run("scenario", folder.toString())).isEqualTo(2);
    assertThat(err).contains("there is no .json file");
    assertThat(run("scenario", TRACE)).isEqualTo(2);
    assertThat(err).contains("format should be 1");
  }

  @Test
  void refusesAScopeThatDoesNotExist() {
    assertThat(run("verify", "--scope", "weekly")).isEqualTo(2);
    assertThat(err).contains("no scope 'weekly'", "nightly");
  }

  @Test
  void printsResultsAsJson() throws IOException {
    ObjectMapper json = new ObjectMapper();
    assertThat(run("list", "--json")).isZero();
    assertThat(json.readTree(out).get(0).get("name").asText()).isEqualTo("Orig");
    assertThat(run("conform", "S01", "--json")).isZero();
    assertThat(json.readTree(out).get(0).get("conformance").get("edges").asInt()).isEqualTo(433);
    assertThat(run("check", "S01", "--json")).isZero();
    assertThat(json.readTree(out).get(1).get("verdict").asText()).isEqualTo("EXPECTED_VIOLATION");
    assertThat(run("replay", "--json", TRACE)).isZero();
    assertThat(json.readTree(out).get("steps")).hasSize(11);
  }

  @Test
  void wantsARunBeforeAReport() throws IOException {
    copyModelsAndSpecs();
    assertThat(run("report", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains("run.json", "verify");
    Path reports = Files.createDirectories(folder.resolve("reports"));
    Files.writeString(reports.resolve("run.json"), "{\"schema\": 1");
    assertThat(run("report", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains("run.json");
  }

  @Test
  void rendersTheReportAgainFromTheRecordOfTheRun() throws IOException {
    copyModelsAndSpecs();
    assertThat(run("verify", "-q", "S01", "--project", folder.toString())).isZero();
    assertThat(out).contains("S01", "3 passed, 0 failed");
    Path index = folder.resolve("reports/index.html");
    String first = Files.readString(index);
    Files.delete(index);
    assertThat(run("report", "--project", folder.toString())).isZero();
    assertThat(index).hasContent(first);
    Path earlier = Files.copy(folder.resolve("reports/run.json"), folder.resolve("earlier.json"));
    assertThat(run("report", "--project", folder.toString(), "--against", earlier.toString()))
        .isZero();
    assertThat(folder.resolve("reports/trends.html")).content().contains("None, of what both");
    String text = Files.readString(earlier);
    String started = RunJson.read(earlier).started();
    String later = Instant.parse(started).plusSeconds(1).toString();
    Files.writeString(earlier, text.replace(started, later));
    Path trends = folder.resolve("reports/trends.html");
    String before = Files.readString(trends);
    assertThat(run("report", "--project", folder.toString(), "--against", earlier.toString()))
        .isEqualTo(2);
    assertThat(err).contains("earlier.json: --against takes an earlier run", started, later);
    assertThat(trends).hasContent(before);
    Files.writeString(earlier, text.replace(started, "yesterday"));
    assertThat(run("report", "--project", folder.toString(), "--against", earlier.toString()))
        .isEqualTo(2);
    assertThat(err).contains("earlier.json", "no instant of ISO 8601: yesterday");
    Files.writeString(earlier, "{\"schema\": 1}");
    assertThat(run("report", "--project", folder.toString(), "--against", earlier.toString()))
        .isEqualTo(2);
    assertThat(err).contains("earlier.json", "version 1", "trends need").doesNotContain("again");
    assertThat(run("report", "--project", folder.toString(), "--against", "none.json"))
        .isEqualTo(2);
    assertThat(err).contains("none.json: no such file");
  }

  @Test
  void theReportIsMadeOfTheRecordAlone() throws IOException {
    copyModelsAndSpecs();
    assertThat(run("verify", "-q", "S01", "--project", folder.toString())).isZero();
    Path reports = folder.resolve("reports");
    Path written = Files.move(reports, folder.resolve("written"));
    Files.createDirectories(reports);
    Files.copy(written.resolve("run.json"), reports.resolve("run.json"));
    assertThat(run("report", "--project", folder.toString())).isZero();
    assertThat(files(reports)).isEqualTo(files(written)).hasSizeGreaterThan(20);
    for (String file : files(written)) {
      assertThat(reports.resolve(file)).hasSameBinaryContentAs(written.resolve(file));
    }
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aRecordWithADamagedTraceIsBadInput() throws IOException {
    copyModelsAndSpecs();
    assertThat(run("verify", "-q", "S01", "--project", folder.toString())).isZero();
    Path record = folder.resolve("reports/run.json");
    String text = Files.readString(record);
    Files.writeString(record, text.replaceFirst("\"vars\": *\\[", "\"vars\":[1,"));
    assertThat(Files.readString(record)).isNotEqualTo(text);
    assertThat(run("report", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains("run.json", "the name of a variable", "verify' again");
  }

  @Test
  void oneRunAtATimeWritesReports() throws IOException {
    Path reports = Files.createDirectories(folder.resolve("reports"));
    copyModelsAndSpecs();
    try (FileChannel other =
            FileChannel.open(
                reports.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(run("verify", "S01", "--project", folder.toString())).isEqualTo(2);
      assertThat(err).contains("another Ringfence writes reports there");
    }
    assertThat(reports).isDirectoryNotContaining("glob:**run.json");
  }

  @Test
  void everybodyMayReadTheReports() throws IOException {
    Path file = folder.resolve("any");
    WholeFile.write(file, "text");
    Path usual = Files.createFile(folder.resolve("usual"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void refusesATimeLimitThatIsNone() {
    assertThat(run("verify", "S01", "--limit", "0")).isEqualTo(2);
    assertThat(err).contains("--limit should be a number of seconds from 1 and is 0");
    assertThat(run("check", "S01", "--limit", "-5")).isEqualTo(2);
    assertThat(err).contains("--limit should be a number of seconds from 1 and is -5");
  }

  @Test
  void refusesMoreWorkersThanMakeSense() {
    assertThat(run("check", "S01", "--workers", "100000")).isEqualTo(2);
    assertThat(err).contains("--workers should be from 1 to 256 and is 100000");
    assertThat(run("check", "S01", "--workers", "0")).isEqualTo(2);
    assertThat(err).contains("--workers should be from 1 to 256 and is 0");
  }

  @Test
  void saysSoIfItsOutputIsLost() {
    StringWriter errors = new StringWriter();
    assertThat(Main.run(broken(), new PrintWriter(errors, true), "list")).isEqualTo(3);
    assertThat(errors.toString()).contains("standard output");
  }

  @Test
  void aPipeThatNobodyReadsAnyMoreIsNoFailure() {
    StringWriter errors = new StringWriter();
    System.setProperty("ringfence.pipe", "true");
    try {
      assertThat(Main.run(broken(), new PrintWriter(errors, true), "list")).isZero();
      assertThat(Main.run(broken(), new PrintWriter(errors, true), "replay", "none")).isEqualTo(2);
    } finally {
      System.clearProperty("ringfence.pipe");
    }
    assertThat(errors.toString()).contains("none: no such file").doesNotContain("standard output");
  }

  /** Where nothing can be written. */
  private static PrintWriter broken() {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  @Test
  void aRunOfWhichNothingChangedLeavesTheReportsAsTheyAre() throws IOException {
    copyModelsAndSpecs();
    String[] verify = {"verify", "S01", "--project", folder.toString()};
    assertThat(run(verify)).isZero();
    assertThat(err).as("the first run kept its results").isEmpty();
    Path index = folder.resolve("reports/index.html");
    FileTime written = Files.getLastModifiedTime(index);

    assertThat(run(verify)).isZero();
    assertThat(out).as(err).contains("Nothing changed since the run of", "3 passed, 0 failed");
    assertThat(Files.getLastModifiedTime(index)).isEqualTo(written);

    Files.delete(index);
    assertThat(run(verify)).isZero();
    assertThat(out).as(err).contains("Nothing changed for 1 of 1 models", "3 passed, 0 failed");
    assertThat(index).content().contains("1 of 1 models were not checked again");

    String[] quiet = {"verify", "S01", "--project", folder.toString(), "-q"};
    for (int i = 0; i < 2; i++) {
      assertThat(run(quiet)).isZero();
      assertThat(out).doesNotContain("Nothing changed").contains("3 passed, 0 failed");
    }
  }

  @Test
  void aModuleThatTlcCannotParseIsBadInput() throws IOException {
    copyModelsAndSpecs();
    Path spec = folder.resolve("spec/SchedulerOwnership.tla");
    Files.writeString(spec, Files.readString(spec).replace("\nNext ==", "\nNext == ("));
    assertThat(run("check", "S01", "--project", folder.toString())).isEqualTo(2);
    assertThat(out).contains("PARSE", "SchedulerOwnership.tla:", "0 passed, 2 failed");
  }

  /** Every file below a folder, with what is in it. */
  private static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void aRunThatCouldReadNoModelLeavesThePagesAndTellsOtherToolsOfItself() throws IOException {
    copyModelsAndSpecs();
    assertThat(run("verify", "-q", "S01", "--project", folder.toString())).isZero();
    Path reports = folder.resolve("reports");
    Map<String, String> before = contents(reports);
    Path spec = folder.resolve("spec/SchedulerOwnership.tla");
    Files.writeString(spec, Files.readString(spec).replace("\nNext ==", "\nNext == ("));
    assertThat(run("verify", "S01", "--project", folder.toString())).isEqualTo(2);
    assertThat(out)
        .contains("S01", spec.toString(), "0 passed, 3 failed")
        .doesNotContain("report:");
    assertThat(err).contains("no model could be read", reports + " are as they were");
    Map<String, String> after = contents(reports);
    String junit = after.get(reports.resolve("junit.xml").toString());
    assertThat(junit).contains("tests=\"3\"", "errors=\"3\"", "SchedulerOwnership.tla:");
    assertThat(after.get(reports.resolve("ringfence.sarif").toString()))
        .contains("\"executionSuccessful\" : false");
    assertThat(after.get(reports.resolve("summary.md").toString())).contains("0 passed, 3 failed");
    for (String file : List.of("junit.xml", "ringfence.sarif", "summary.md")) {
      before.remove(reports.resolve(file).toString());
      after.remove(reports.resolve(file).toString());
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aManifestThatCannotBeReadIsToldToOtherTools() throws IOException {
    copyModelsAndSpecs();
    Path manifest = folder.resolve("models/l3/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("violates ", "violated "));
    assertThat(run("verify", "S01", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains(manifest.toString());
    Path reports = folder.resolve("reports");
    assertThat(reports.resolve("junit.xml"))
        .content()
        .contains("tests=\"1\"", "errors=\"1\"", "l3/manifest.json");
    assertThat(reports.resolve("summary.md")).content().contains("0 passed, 1 failed");
    assertThat(reports.resolve("ringfence.sarif"))
        .content()
        .contains("\"executionSuccessful\" : false", "l3/manifest.json");
    assertThat(reports.resolve("run.json")).doesNotExist();
  }

  @Test
  void aModelThatCannotBeReadIsInTheReportOfTheOthers() throws IOException {
    copyModelsAndSpecs();
    Path spec = folder.resolve("spec/L3Heap.tla");
    Files.writeString(spec, Files.readString(spec).replace("\nNext ==", "\nNext == ("));
    String[] both = {"verify", "-q", "L3Hardened", "S01", "--project", folder.toString()};
    assertThat(run(both)).isEqualTo(2);
    assertThat(out).contains("3 passed, 2 failed");
    assertThat(folder.resolve("reports/index.html")).content().contains("ERROR", "L3Heap.tla:");
    assertThat(folder.resolve("reports/junit.xml")).content().contains("<error", "L3Heap.tla:");
    // What is kept of an earlier run was judged, too.
    Files.delete(folder.resolve("reports/junit.xml"));
    assertThat(run(both)).isEqualTo(2);
    assertThat(folder.resolve("reports/junit.xml")).content().contains("<error", "L3Heap.tla:");
  }

  @Test
  void checksAModelWithTlc() {
    assertThat(run("check", "S01")).isZero();
    assertThat(out).contains("PASS", "EXPECTED_VIOLATION", "2 passed, 0 failed");
  }

  @Test
  void holdsSpecAgainstFirmware() {
    assertThat(run("conform", "S01")).isZero();
    assertThat(out)
        .contains("  1 initial state, 101 states, 433 edges, 3203 refusals", "1 passed, 0 failed");
  }

  @Test
  void replaysACounterexampleStepByStep() {
    assertThat(run("replay", TRACE)).isZero();
    assertThat(out)
        .contains(
            "I1_ChooseHeap(k0, EDF, full)", "mem.U2", "The firmware goes through all 11 states");
  }

  @Test
  void replaysHowACounterexampleGoesOnForEver() throws IOException {
    String traces = "src/test/resources/traces/";
    assertThat(run("replay", traces + "domain-no-quiet.itf.json")).isZero();
    assertThat(out)
        .contains(
            " 34 I5_TestHandler(isr1)",
            "all 34 states of the trace and goes back to step 29, for ever.");
    assertThat(run("replay", traces + "domain-not-scheduled.itf.json")).isZero();
    assertThat(out)
        .contains("all 7 states of the trace and stays there, for ever.", "TLC's judgment");

    String text = Files.readString(Path.of(traces + "domain-no-quiet.itf.json"));
    assertThat(replayOf(text.replace("\"loop\": 29", "\"loop\": 28"))).isEqualTo(1);
    assertThat(out).contains("leaves the trace at step 34, which leads back to step 28");
    assertThat(replayOf(text.replace("\"loop\": 29", "\"loop\": 34"))).isEqualTo(2);
    assertThat(err).contains("the loop leads to state 34 of 34");
    assertThat(replayOf(text.replace("\"loopAction\"", "\"other\""))).isEqualTo(2);
    assertThat(err).contains("does not say by which action");
  }

  @Test
  void tellsHowLongACounterexampleIsAndHowItGoesOn() {
    assertThat(run("check", "DomainUserFair")).isZero();
    assertThat(out).contains("counterexample: 6 steps; after step 6 nothing happens, for ever");
  }

  @Test
  void showsWhereAnotherDesignPartsFromTheTrace() {
    assertThat(run("replay", TRACE, "--variant", "V2_SPLIT")).isEqualTo(1);
    assertThat(out)
        .contains("leaves the trace at step 1", "thread.k0.heap: \"UHEAP\" -> \"KHEAP\"");
  }

  @Test
  void showsHowAnotherDesignStarts() {
    assertThat(run("replay", TRACE, "--defect", "B-11")).isEqualTo(1);
    assertThat(out).contains("This design starts otherwise", "task.kt.sch: \"NULL\" -> \"uninit\"");
  }

  @Test
  void refusesADesignThatDoesNotExist() {
    assertThat(run("replay", TRACE, "--variant", "V3")).isEqualTo(2);
    assertThat(err).contains("no variant 'V3'", "V2_SPLIT");
    assertThat(run("replay", TRACE, "--fix", "O-99")).isEqualTo(2);
    assertThat(err).contains("no fix 'O-99'", "O-15");
    assertThat(run("replay", TRACE, "--without", "B-99")).isEqualTo(2);
    assertThat(err).contains("no defect 'B-99' in the model", "it has []");
  }

  @Test
  void refusesATraceThatIsNotThereOrCutOff() throws IOException {
    assertThat(run("replay", "nowhere.itf.json")).isEqualTo(2);
    assertThat(err).contains("nowhere.itf.json", "no such file");
    String text = Files.readString(Path.of(TRACE));
    Path half = folder.resolve("half.itf.json");
    Files.writeString(half, text.substring(0, text.length() / 2));
    assertThat(run("replay", half.toString())).isEqualTo(2);
    assertThat(err).contains("half.itf.json");
  }

  @Test
  void saysWhatIsGivenInsteadOfAFile() {
    String directory = folder.toString();
    String device = "/dev/zero";
    for (String[] command :
        List.of(
            new String[] {"replay"},
            new String[] {"scenario", "--from"},
            new String[] {"export", "--as", "c"},
            new String[] {"graph", "S01", "--trace"})) {
      assertThat(run(with(command, directory))).isEqualTo(2);
      assertThat(err).contains(directory + ": this is a folder; name a file");
      assertThat(run(with(command, device))).isEqualTo(2);
      assertThat(err).contains(device + ": this is a pipe or a device");
    }
    assertThat(run("scenario", device)).isEqualTo(2);
    assertThat(err).contains(device + ": this is a pipe or a device");
    assertThat(run("check", "S01", "--tla2tools", directory)).isEqualTo(2);
    assertThat(err).contains(directory + ": not a file; expected the jar");
  }

  private static String[] with(String[] command, String argument) {
    return Stream.concat(Stream.of(command), Stream.of(argument)).toArray(String[]::new);
  }

  @Test
  void saysWhereJsonIsWrong() throws IOException {
    copyModelsAndSpecs();
    String[] list = {"list", "--project", folder.toString()};
    Path manifest = folder.resolve("models/manifest.json");
    Files.writeString(manifest, "{\"families\": \"l3\"}");
    assertThat(run(list)).isEqualTo(2);
    assertThat(err).contains("manifest.json:1:14: families: expected a list [..]");
    Files.writeString(manifest, "{\"families\": [],");
    assertThat(run(list)).isEqualTo(2);
    assertThat(err).contains("manifest.json:1:17: the file ends too early");
    Path scenario = folder.resolve("scenario.json");
    Files.writeString(scenario, "{\n  \"format\": one}");
    assertThat(run("scenario", scenario.toString())).isEqualTo(2);
    assertThat(err).contains("scenario.json:2:", "this is not JSON");
  }

  @Test
  void saysInOneLineWhereAModelIsWrong() throws IOException {
    copyModelsAndSpecs();
    Path spec = folder.resolve("spec/L3Heap.tla");
    Path config = folder.resolve("models/l3/L3Hardened.cfg");
    requirePlace(spec, "TypeOK ==", "TypeOK = =", "Was expecting ");
    requirePlace(spec, "ReachFull ==", "ReachFull == nope /\\", "Unknown operator: `nope'.");
    requirePlace(config, "SPECIFICATION Spec", "SPECIFICATION Spoc", "Spoc");
    requirePlace(config, "  Defects = ", "  Defects ! ", "It was expecting = or <-");
    String text = Files.readString(spec);
    Files.writeString(spec, text.replace("EXTENDS Integers", "EXTENDS Nope"));
    assertThat(run("conform", "L3Hardened", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains(spec + ": ", "module Nope imported in module L3Heap").hasLineCount(1);
    assertThat(run("graph", "L3Hardened", "--project", folder.toString())).isEqualTo(2);
    assertThat(run("verify", "-q", "L3Hardened", "--project", folder.toString())).isEqualTo(2);
    assertThat(out).contains(spec + ": ").doesNotContain("Parsing file");
  }

  /** Makes a text wrong, and right again. */
  private void requirePlace(Path file, String right, String wrong, String message)
      throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(right);
    Files.writeString(file, text.replace(right, wrong));
    long line = text.substring(0, text.indexOf(right)).lines().count() + 1;
    assertThat(run("conform", "L3Hardened", "--project", folder.toString())).as(err).isEqualTo(2);
    assertThat(err).startsWith("ringfence: " + file + ":" + line + ": ").contains(message);
    assertThat(err).hasLineCount(1);
    Files.writeString(file, text);
  }

  @Test
  void refusesATraceOfAnotherModelOrWithWrongValues() throws IOException {
    String text = Files.readString(Path.of(TRACE));
    assertThat(replayOf(text.replace("SchedulerOwnership", "OtherSpec"))).isEqualTo(2);
    assertThat(err).contains("OtherSpec");
    assertThat(replayOf(text.replace("I4_Zero", "I4_Nonsense"))).isEqualTo(2);
    assertThat(err).contains("I4_Nonsense");
    assertThat(replayOf(text.replace("\"succeeds\": true", "\"succeeds\": \"yes\""))).isEqualTo(2);
    assertThat(err).contains("succeeds", "TRUE or FALSE");
  }

  private int replayOf(String text) throws IOException {
    Path file = folder.resolve("trace.itf.json");
    Files.writeString(file, text);
    return run("replay", file.toString());
  }

  @Test
  void refusesAProjectThatIsNone() {
    assertThat(run("list", "--project", folder.toString())).isEqualTo(2);
    assertThat(err).contains("models/manifest.json", "--project");
  }

  @Test
  void refusesToolsThatAreNone() throws IOException {
    Path jar = folder.resolve("tools.jar");
    Files.writeString(jar, "no jar");
    assertThat(run("check", "S01", "--tla2tools", jar.toString())).isEqualTo(2);
    assertThat(err).contains("tools.jar");
  }
}
