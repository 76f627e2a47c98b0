package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The findings that the record of a run carries, and what each of them names. */
public final class Findings {
  /** The text that introduces all others. */
  static final String INDEX = "README";

  /** An id of a property, a defect or a finding, with the letter of a part of it. */
  static final Pattern ID = Pattern.compile("\\b([A-Z]+-\\d+(?:\\.\\d+)?)[a-z]?\\b");

  /** The file of a trace. */
  static final Pattern TRACE = Pattern.compile("traces/[\\w.-]+\\.itf\\.json");

  private static final Pattern HEADING = Pattern.compile("(?m)^# +(.*)$");

  private final Map<String, Finding> all = new TreeMap<>(IdOrder.INSTANCE);
  private final Map<String, Set<Finding>> naming = new LinkedHashMap<>();

  /**
   * A finding.
   *
   * @param title its heading without the id; may be empty
   * @param page its page
   */
  public record Finding(String id, String title, String page) {}

  private Findings() {}

  /** Reads the findings of a run. */
  static Findings of(RunRecord run) {
    Findings findings = new Findings();
    run.sources()
        .findings()
        .forEach(
            (id, text) -> {
              if (!id.equals(INDEX)) {
                findings.all.put(id, new Finding(id, title(id, text), Pages.finding(id)));
              }
            });
    for (Finding finding : findings.all()) {
      findings.index(finding, run.sources().findings().getOrDefault(finding.id(), ""));
    }
    return findings;
  }

  private static String title(String id, String text) {
    Matcher heading = HEADING.matcher(text);
    String title = heading.find() ? heading.group(1).trim() : "";
    return title.startsWith(id + ":") ? title.substring(id.length() + 1).trim() : title;
  }

  private void index(Finding finding, String text) {
    Matcher id = ID.matcher(text);
    while (id.find()) {
      name(id.group(1), finding);
    }
    Matcher trace = TRACE.matcher(text);
    while (trace.find()) {
      name(trace.group(), finding);
    }
  }

  private void name(String name, Finding finding) {
    naming.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(finding);
  }

  /** All findings, in the order of their ids. */
  public Collection<Finding> all() {
    return all.values();
  }

  /** The findings that name an id, or the file of a trace; first the one that it is the id of. */
  List<Finding> about(String name) {
    Set<Finding> about = new LinkedHashSet<>();
    Finding own = all.get(name);
    if (own != null) {
      about.add(own);
    }
    about.addAll(naming.getOrDefault(name, Set.of()));
    return new ArrayList<>(about);
  }
}
