package io.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.trace.ItfWriter;
import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces and graphs for other tools, as a new user asks for them. */
class ExportCommandTest {
  private static final String OWNERSHIP = "src/test/resources/traces/v1-own-11.itf.json";
  private static final String LL = "src/test/resources/traces/ll-mem-3.itf.json";

  private String out = "";
  private String err = "";

  @TempDir private Path folder;

  @BeforeAll
  static void workOnThisProject() {
    System.setProperty("ringfence.home", Path.of("").toAbsolutePath().toString());
  }

  private int run(String... args) {
    CommandRun done = CommandRun.of(args);
    out = done.out();
    err = done.err();
    return done.code();
  }

  @Test
  void writesATestInC() {
    assertThat(run("export", LL, "--as", "c")).isZero();
    assertThat(out).startsWith("/*\n").contains("ZTEST(ringfence_ll_mem_3, test_counterexample)");
    assertThat(out).containsPattern("\\n \\* MEM-3: [A-Z]");
  }

  @Test
  void writesAJUnitTestAndSaysWhereItsTraceGoes() throws IOException {
    assertThat(run("export", OWNERSHIP, "--as", "junit")).isZero();
    assertThat(out).contains("class V1Own11Test");
    assertThat(err).isEmpty();
    Path other = Files.copy(Path.of(OWNERSHIP), folder.resolve("other.itf.json"));
    assertThat(run("export", other.toString(), "--as", "JUnit")).isZero();
    assertThat(err).contains("src/test/resources/traces/other.itf.json", "copy");
  }

  @Test
  void writesTheTraceBesideAJUnitTest() throws IOException {
    Path file = folder.resolve("V1Own11Test.java");
    Path beside = folder.resolve("v1-own-11.itf.json");
    assertThat(run("export", OWNERSHIP, "--as", "junit", "-o", file.toString())).isZero();
    assertThat(beside).hasSameBinaryContentAs(Path.of(OWNERSHIP));
    assertThat(file).content().contains("\"src/test/resources/traces/v1-own-11.itf.json\"");

    Files.delete(file);
    assertThat(run("export", OWNERSHIP, "--as", "junit", "-o", file.toString())).isZero();

    Files.delete(file);
    Files.writeString(beside, "{}");
    assertThat(run("export", OWNERSHIP, "--as", "junit", "-o", file.toString())).isEqualTo(2);
    assertThat(err).contains("v1-own-11.itf.json: is another trace");
    assertThat(beside).hasContent("{}");
    assertThat(file).doesNotExist();
  }

  @Test
  void aJUnitTestInTheProjectReadsTheTraceBesideIt() throws IOException {
    Path inside = Files.createTempDirectory(Path.of("target"), "export");
    Path file = inside.resolve("OtherTest.java");
    Path other = Files.copy(Path.of(OWNERSHIP), folder.resolve("other.itf.json"));
    assertThat(run("export", other.toString(), "--as", "junit", "-o", file.toString())).isZero();
    assertThat(err).isEmpty();
    assertThat(file).content().contains('"' + inside.resolve("other.itf.json").toString() + '"');
    assertThat(inside.resolve("other.itf.json")).exists();
  }

  @Test
  void drawsThreads() {
    assertThat(run("export", LL, "--as", "mermaid")).isZero();
    assertThat(out).startsWith("sequenceDiagram\n").contains("as ll0, core 0");
  }

  @Test
  void drawsNoThreadThatIsAlone() {
    String pages = "src/test/resources/traces/pages-table.itf.json";
    assertThat(run("export", pages, "--as", "mermaid")).isEqualTo(2);
    assertThat(err).contains("one thread makes all the calls of this model of VirtualPages");
    assertThat(out).isEmpty();
  }

  @Test
  void overwritesNothing() throws IOException {
    Path file = folder.resolve("test.c");
    assertThat(run("export", LL, "--as", "c", "-o", file.toString())).isZero();
    assertThat(out).isEmpty();
    String text = Files.readString(file);
    assertThat(run("export", OWNERSHIP, "--as", "c", "-o", file.toString())).isEqualTo(2);
    assertThat(err).contains("exists already");
    assertThat(file).hasContent(text);
    Path nowhere = folder.resolve("no/test.c");
    assertThat(run("export", LL, "--as", "c", "-o", nowhere.toString())).isEqualTo(2);
    assertThat(err).contains("there is no such folder");
  }

  @Test
  void refusesWhatItCannotExport() throws IOException {
    assertThat(run("export", LL)).isEqualTo(2);
    assertThat(err).contains("--as");
    assertThat(run("export", LL, "--as", "rust")).isEqualTo(2);
    assertThat(err).contains("rust", "MERMAID");
    assertThat(run("export", "nowhere.itf.json", "--as", "c")).isEqualTo(2);
    assertThat(err).contains("no such file");
    Path bad = folder.resolve("bad.itf.json");
    String text = Files.readString(Path.of(LL));
    Files.writeString(bad, text.replace("\"outcome\": \"ok\"", "\"outcome\": \"no_pdata\""));
    assertThat(run("export", bad.toString(), "--as", "c")).isEqualTo(2);
    assertThat(err).contains("bad.itf.json", "allocation fail");
  }

  @Test
  void refusesStepsThatTheFirmwareDoesNotHave() throws IOException {
    Path bad = folder.resolve("bad.itf.json");
    String text = Files.readString(Path.of(OWNERSHIP));
    Files.writeString(bad, text.replace("\"I4_Zero\"", "\"I4_Nonsense\""));
    for (String format : new String[] {"c", "junit", "mermaid"}) {
      assertThat(run("export", bad.toString(), "--as", format)).isEqualTo(2);
      assertThat(err).contains("bad.itf.json: ", "I4_Nonsense");
    }
    assertThat(out).isEmpty();
  }

  @Test
  void printsTheWholeGraphOfASmallModel() throws IOException {
    assertThat(run("graph", "S01", "--as", "json", "--limit", "101")).isZero();
    JsonNode graph = new ObjectMapper().readTree(out);
    assertThat(graph.get("states")).hasSize(101);
    assertThat(graph.get("edges")).hasSize(433);
    assertThat(run("graph", "S01")).isZero();
    assertThat(out.lines().filter(line -> line.contains(" -> ") && !line.contains("tooltip")))
        .hasSize(433);
  }

  @Test
  void marksTheWayOfACounterexample() throws Exception {
    Path trace = folder.resolve("s01.itf.json");
    ItfWriter.write(
        RunOfTwoModels.get().models().get(0).claims().stream()
            .map(RunRecord.ClaimRecord::counterexample)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow()
            .trace(),
        trace);
    int steps = new ObjectMapper().readTree(trace.toFile()).get("states").size() - 1;
    assertThat(run("graph", "S01", "--trace", trace.toString())).isZero();
    assertThat(out.lines().filter(line -> line.matches(" *\\d+ -> .*penwidth=2]"))).hasSize(steps);
  }

  @Test
  void refusesAGraphThatIsTooLarge() {
    assertThat(run("graph", "S01", "--limit", "100")).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).contains("S01 has more than 100 states", "manifest says 101", "--limit");
    assertThat(run("graph", "S01", "--limit", "0")).isEqualTo(2);
    assertThat(run("graph", "s1")).isEqualTo(2);
    assertThat(err).contains("no model 's1'");
    assertThat(run("graph", "S01", "--trace", OWNERSHIP)).isEqualTo(2);
    assertThat(err).contains("another model");
  }
}
