package io.ringfence.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.replay.Replay;
import io.ringfence.trace.Loop;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Verdict;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What a build server sees in the JUnit XML. */
class JUnitXmlTest {
  private static Document xml(RunRecord run) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JUnitXml.of(run))));
  }

  private static Element only(Document xml, String name) {
    NodeList found = xml.getElementsByTagName(name);
    assertThat(found.getLength()).as(name).isEqualTo(1);
    return (Element) found.item(0);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsAsExpectedPasses(Verdict verdict) throws Exception {
    Document xml = xml(RunOfVerdicts.of(Verdict.PASS, verdict));
    boolean error = verdict == Verdict.ERROR || verdict == Verdict.INCOMPLETE;
    boolean failure = !error && !verdict.passes();
    assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(error ? 1 : 0);
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(failure ? 1 : 0);
    for (String total : List.of("testsuites", "testsuite")) {
      Element counts = only(xml, total);
      assertThat(counts.getAttribute("tests")).isEqualTo("2");
      assertThat(counts.getAttribute("errors")).isEqualTo(error ? "1" : "0");
      assertThat(counts.getAttribute("failures")).isEqualTo(failure ? "1" : "0");
    }
  }

  @Test
  void conformanceIsATestCaseToo() throws Exception {
    Document xml = xml(RunOfVerdicts.of(Verdict.DIVERGED));
    assertThat(only(xml, "testcase").getAttribute("name")).isEqualTo("conformance");
    assertThat(only(xml, "failure").getAttribute("type")).isEqualTo("DIVERGED");
  }

  @Test
  void aTraceWithoutAnEndSaysHowItGoesOn() throws Exception {
    Replay.Step back = RunOfVerdicts.step(2, RunOfVerdicts.press(""), List.of());
    RunRecord run =
        RunOfVerdicts.endless(new Loop(0, RunOfVerdicts.press("")), new Replay.Loop(0, back));
    assertThat(only(xml(run), "system-out").getTextContent())
        .contains("\n  2 Press(ipc)\nback to step 0, for ever\n");
  }

  @Test
  void aViolationTellsItsStepsAndHowToReplayThem() throws Exception {
    String failure =
        only(xml(RunOfVerdicts.of(Verdict.PASS, Verdict.VIOLATION)), "failure").getTextContent();
    assertThat(failure)
        .contains(
            "Inv is violated",
            "0 initial state",
            "1 Press(ipc)",
            "./ringfence replay reports/traces/Lamp.Inv.itf.json")
        .doesNotContain("leaves the trace");
    assertThat(
            only(xml(RunOfVerdicts.of(Verdict.PASS, Verdict.DIVERGED)), "failure").getTextContent())
        .contains("the firmware leaves the trace here");
  }

  @Test
  void namesCannotBreakOutNorMakeTheFileUnreadable() throws Exception {
    String hostile = "\"><failure/>]]>&\u0000\uD800\u0007";
    Document xml = xml(RunOfVerdicts.of("Lamp", hostile, Verdict.PASS, Verdict.ERROR));
    assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
    assertThat(only(xml, "error").getAttribute("message"))
        .isEqualTo("\"><failure/>]]>&\uFFFD\uFFFD\uFFFD");
  }

  @Test
  void aRunOfNothingIsAnError() throws Exception {
    Document xml = xml(RunOfVerdicts.run(List.of()));
    assertThat(only(xml, "testsuites").getAttribute("errors")).isEqualTo("1");
    assertThat(only(xml, "error").getAttribute("message")).isEqualTo("no model was checked");
  }
}
