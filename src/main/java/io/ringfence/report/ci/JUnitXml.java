package io.ringfence.report.ci;

import io.ringfence.replay.Replay;
import io.ringfence.verify.RunRecord;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The results as JUnit XML: a suite for each model, a test case for each check. What is as expected
 * passes, a finding is a failure, and what could not be checked is an error.
 */
final class JUnitXml {
  private static final char REPLACEMENT = '\uFFFD';

  private final XMLStreamWriter out;

  private JUnitXml(XMLStreamWriter out) {
    this.out = out;
  }

  static String of(RunRecord run) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new JUnitXml(out).write(run);
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("results cannot be written as XML", e);
    }
    return text + "\n";
  }

  private void write(RunRecord run) throws XMLStreamException {
    out.writeStartDocument("UTF-8", "1.0");
    begin("testsuites");
    attribute("name", "ringfence");
    if (run.models().isEmpty()) {
      // No test case at all would be read as a success.
      out.writeAttribute("tests", "1");
      out.writeAttribute("failures", "0");
      out.writeAttribute("errors", "1");
      nothing(run);
    } else {
      counts(Check.of(run), run.seconds());
      for (RunRecord.ModelRecord model : run.models()) {
        suite(run, model);
      }
    }
    end();
    out.writeEndDocument();
  }

  private void nothing(RunRecord run) throws XMLStreamException {
    begin("testsuite");
    attribute("name", "ringfence");
    attribute("tests", "1");
    attribute("failures", "0");
    attribute("errors", "1");
    attribute("timestamp", run.started());
    begin("testcase");
    attribute("classname", "ringfence");
    attribute("name", "models");
    begin("error");
    attribute("message", "no model was checked");
    attribute("type", "ERROR");
    end();
    end();
    end();
  }

  private void suite(RunRecord run, RunRecord.ModelRecord model) throws XMLStreamException {
    List<Check> checks = Check.of(model);
    begin("testsuite");
    attribute("name", model.name());
    counts(checks, checks.stream().mapToDouble(Check::seconds).sum());
    attribute("timestamp", run.started());
    for (Check check : checks) {
      testCase(check);
    }
    end();
  }

  private void counts(List<Check> checks, double seconds) throws XMLStreamException {
    long errors = checks.stream().filter(Check::isError).count();
    long passed = checks.stream().filter(check -> check.verdict().passes()).count();
    attribute("tests", String.valueOf(checks.size()));
    attribute("failures", String.valueOf(checks.size() - passed - errors));
    attribute("errors", String.valueOf(errors));
    attribute("skipped", "0");
    attribute("time", seconds(seconds));
  }

  private void testCase(Check check) throws XMLStreamException {
    begin("testcase");
    attribute("classname", "ringfence." + check.model().name());
    attribute("name", check.name());
    attribute("time", seconds(check.seconds()));
    String steps = steps(check);
    if (!check.verdict().passes()) {
      begin(check.isError() ? "error" : "failure");
      attribute("message", check.explanation());
      attribute("type", check.verdict().toString());
      out.writeCharacters(legal(check.explanation() + "\n" + steps));
      end();
    } else if (!steps.isEmpty()) {
      begin("system-out");
      out.writeCharacters(legal(steps));
      end();
    }
    end();
  }

  private static String steps(Check check) {
    RunRecord.CounterexampleRecord found = check.counterexample();
    if (found == null) {
      return "";
    }
    Replay replay = found.replay();
    return replay.way().stream().map(JUnitXml::step).collect(Collectors.joining())
        + (replay.reproduced() ? "" : "the firmware leaves the trace here\n")
        + (replay.reproduced() && replay.loop() != null ? found.trace().ending() + "\n" : "")
        + "./ringfence replay reports/"
        + found.file()
        + "\n";
  }

  private static String step(Replay.Step step) {
    return String.format(
        Locale.ROOT,
        "%3d %s%s\n",
        step.index(),
        step.action() == null ? "initial state" : step.action(),
        step.fault().isEmpty() ? "" : " ! " + step.fault());
  }

  private void begin(String element) throws XMLStreamException {
    out.writeCharacters("\n");
    out.writeStartElement(element);
  }

  private void end() throws XMLStreamException {
    out.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    out.writeAttribute(name, legal(value));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /** XML cannot say some characters in any way; a reader would refuse the whole file. */
  private static String legal(String text) {
    return text.codePoints()
        .map(c -> isLegal(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= ' ' && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000;
  }
}
