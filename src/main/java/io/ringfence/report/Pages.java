package io.ringfence.report;

import io.ringfence.verify.RunRecord;

/** Where pages lie, relative to the folder of reports. */
public final class Pages {
  /** What file systems and archives take, with room for an ending. */
  private static final int LONGEST = 120;

  static final String COUNTEREXAMPLES = "counterexamples";
  static final String SEQUENCE = ".mmd";
  static final String PROPERTIES = "properties";
  static final String SPECS = "specs";
  static final String GRAPHS = "graphs";

  static final String FINDING = "findings";

  /** The page of all findings. */
  public static final String FINDINGS = FINDING + "/index.html";

  /** The page of all defects. */
  public static final String DEFECTS = "defects.html";

  /** The page of spec and firmware. */
  public static final String CONFORMANCE = "conformance.html";

  /** The page of a run against an earlier one. */
  public static final String TRENDS = "trends.html";

  private Pages() {}

  /** The page of a counterexample. */
  public static String counterexample(RunRecord.CounterexampleRecord counterexample) {
    return COUNTEREXAMPLES + "/" + slug(counterexample.file()) + ".html";
  }

  /** The sequence diagram of a counterexample. */
  public static String sequence(RunRecord.CounterexampleRecord counterexample) {
    return COUNTEREXAMPLES + "/" + slug(counterexample.file()) + SEQUENCE;
  }

  /** The page of a property, by its id. */
  public static String property(String id) {
    return PROPERTIES + "/" + slug(id) + ".html";
  }

  /** What a spec says and shows of a property: a section of the property's page. */
  public static String statement(RunRecord.PropertyRecord property) {
    return property(property.id()) + "#" + section(property);
  }

  /** The id of that section; a spec may state a property by several operators. */
  public static String section(RunRecord.PropertyRecord property) {
    return slug(property.spec().replace(".tla", "") + "." + property.operator());
  }

  /** What a model shows of a property: a row of the property's page. */
  static String property(RunRecord.PropertyRecord property, RunRecord.ModelRecord model) {
    return property(property.id()) + "#" + place(property, model);
  }

  /** The id of that row; a spec may state a property by several operators. */
  static String place(RunRecord.PropertyRecord property, RunRecord.ModelRecord model) {
    return slug(property.operator() + "." + model.name());
  }

  /** The page of a module of the specs. */
  public static String spec(String module) {
    return SPECS + "/" + slug(module) + ".html";
  }

  /** The page of a model's state graph. */
  public static String graph(RunRecord.ModelRecord model) {
    return GRAPHS + "/" + slug(model.name()) + ".html";
  }

  /** The place of a counterexample on the page of its model's state graph. */
  public static String graph(
      RunRecord.ModelRecord model, RunRecord.CounterexampleRecord counterexample) {
    return graph(model) + "#" + slug(counterexample.file());
  }

  /** The page of a finding, by its id. */
  public static String finding(String id) {
    return FINDING + "/" + slug(id) + ".html";
  }

  /** Where a model is described. */
  public static String model(String name) {
    return "index.html#model-" + name;
  }

  /** A name that is safe in a file system and in a link, and another one for another name. */
  static String slug(String trace) {
    String name = trace.substring(trace.lastIndexOf('/') + 1).replace(".itf.json", "");
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_");
    return safe.equals(name) && safe.length() <= LONGEST
        ? safe
        : safe.substring(0, Math.min(safe.length(), LONGEST))
            + "-"
            + Integer.toHexString(name.hashCode());
  }
}
