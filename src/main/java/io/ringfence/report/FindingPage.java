package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A finding, or the index of all.
 *
 * @param id of the finding
 * @param title of the window
 * @param html the text, rendered
 * @param catches what this run shows of it
 * @param unlisted for the index: the findings that its text does not link to
 */
public record FindingPage(
    String id,
    String title,
    String html,
    List<DefectPage.Catch> catches,
    List<Findings.Finding> unlisted) {

  /** Makes the page of each finding, and that of all. */
  static List<FindingPage> all(
      RunRecord run, Findings findings, DefectPage defects, NamedPages named) {
    List<FindingPage> pages = new ArrayList<>();
    for (DefectPage.Defect defect : defects.defects()) {
      String text = run.sources().findings().get(defect.id());
      if (text != null) {
        pages.add(
            new FindingPage(
                defect.id(),
                defect.id(),
                FindingText.html(defect.id(), text, named),
                defect.catches(),
                List.of()));
      }
    }
    pages.add(index(run, findings, named));
    return pages;
  }

  private static FindingPage index(RunRecord run, Findings findings, NamedPages named) {
    String text = run.sources().findings().getOrDefault(Findings.INDEX, "# Findings\n");
    return new FindingPage(
        Findings.INDEX,
        "Findings",
        FindingText.html(Findings.INDEX, text, named),
        List.of(),
        findings.all().stream()
            .filter(finding -> !text.contains("(" + finding.id() + ".md"))
            .toList());
  }

  /** Where the page lies. */
  public String page() {
    return id.equals(Findings.INDEX) ? Pages.FINDINGS : Pages.finding(id);
  }
}
