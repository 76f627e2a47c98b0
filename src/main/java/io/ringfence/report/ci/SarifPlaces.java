package io.ringfence.report.ci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.conform.Conformance;
import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.verify.RunRecord;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where results are, and how a counterexample gets there, as locations of SARIF. */
final class SarifPlaces {
  /** Stands for the checkout; GitHub knows it by this name. */
  static final String ROOT = "%SRCROOT%";

  private final SpecPlaces specs;

  SarifPlaces(SpecPlaces specs) {
    this.specs = specs;
  }

  /** Sets the message of an object. */
  static void message(ObjectNode of, String text) {
    text(of.putObject("message"), text);
  }

  /** Sets the text of a message. */
  static void text(ObjectNode message, String text) {
    // Else [text](address) would become a link.
    message.put("text", text.replace("](", "]\\("));
  }

  /** Where a result is: the property, else the step that differs, else the configuration. */
  ObjectNode of(Check check) {
    RunRecord.ModelRecord model = check.model();
    RunRecord.ClaimRecord claim = check.claim();
    if (claim == null) {
      Conformance found = model.conformance();
      ActionCall action =
          found == null || found.difference() == null ? null : found.difference().action();
      SpecPlaces.Place place = action == null ? null : specs.find(model.spec(), action.name());
      return place == null ? file("spec/" + model.spec() + ".tla") : location(place);
    }
    SpecPlaces.Place place =
        claim.violated() == null ? null : specs.find(model.spec(), claim.violated());
    return place == null ? file("models/" + claim.config()) : location(place);
  }

  /** The steps of a counterexample as far as the firmware went with it. */
  ArrayNode flow(String spec, Trace trace, Replay replay) {
    ArrayNode flow = JsonNodeFactory.instance.arrayNode();
    int last = trace.path().size() - 1;
    for (Replay.Step step : replay.way()) {
      ActionCall action = step.action();
      SpecPlaces.Place place = specs.find(spec, action == null ? "Init" : action.name());
      ObjectNode at = flow.addObject();
      ObjectNode location = place == null ? at.putObject("location") : location(place);
      at.set("location", location);
      String ending = step.index() == last ? trace.ending() : "";
      message(location, message(step, action) + (ending.isEmpty() ? "" : "\n" + ending));
      at.put("executionOrder", step.index());
      at.put("importance", step.agrees() && step.fault().isEmpty() ? "important" : "essential");
    }
    return flow;
  }

  private static String message(Replay.Step step, @Nullable ActionCall action) {
    StringBuilder text = new StringBuilder();
    text.append(step.index()).append(' ').append(action == null ? "initial state" : action);
    lines(text, step.changes());
    if (!step.fault().isEmpty()) {
      text.append("\n! ").append(step.fault());
    }
    if (!step.agrees()) {
      text.append("\nthe firmware leaves the trace here (trace -> firmware):");
      lines(text, step.differences());
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, List<String> lines) {
    lines.forEach(line -> text.append('\n').append(line));
  }

  private static ObjectNode file(String path) {
    ObjectNode location = JsonNodeFactory.instance.objectNode();
    artifact(location.putObject("physicalLocation"), path).putObject("region").put("startLine", 1);
    return location;
  }

  private static ObjectNode location(SpecPlaces.Place place) {
    ObjectNode location = JsonNodeFactory.instance.objectNode();
    artifact(location.putObject("physicalLocation"), place.file())
        .putObject("region")
        .put("startLine", place.line())
        .put("startColumn", place.column())
        .put("endColumn", place.endColumn());
    return location;
  }

  private static ObjectNode artifact(ObjectNode physical, String path) {
    physical.putObject("artifactLocation").put("uri", uri(path)).put("uriBaseId", ROOT);
    return physical;
  }

  private static String uri(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(path + " cannot be part of an address", e);
    }
  }
}
