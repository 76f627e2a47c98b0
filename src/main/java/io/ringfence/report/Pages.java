package io.ringfence.report;

import io.ringfence.verify.RunRecord;

/** Where pages lie, relative to the folder of reports. */
public final class Pages {
  static final String FOLDER = "counterexamples";

  private Pages() {}

  /** The page of a counterexample. */
  public static String counterexample(RunRecord.CounterexampleRecord counterexample) {
    return FOLDER + "/" + slug(counterexample.trace()) + ".html";
  }

  /** A name that is safe in a file system and in a link. */
  static String slug(String trace) {
    String name = trace.substring(trace.lastIndexOf('/') + 1).replace(".itf.json", "");
    return name.replaceAll("[^A-Za-z0-9.-]+", "_");
  }
}
