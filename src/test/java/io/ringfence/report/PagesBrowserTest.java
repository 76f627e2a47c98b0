package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All pages of a report in a real browser. Without one these tests are skipped. */
class PagesBrowserTest {
  private static final String WIDTH =
      "return document.documentElement.scrollWidth <= innerWidth ? 'fits'"
          + " : document.documentElement.scrollWidth + ' > ' + innerWidth;";

  private static Path reports;
  private static Path lanes;
  private static Path hostile;

  private Tab tab;

  @BeforeAll
  static void writeReports() throws Exception {
    assumeTrue(Browser.find().isPresent(), Browser.MISSING);
    reports = ReportOfTwoModels.get().folder();
    lanes = ReportOfThreads.tickAndClient().write(made("target/test-report-lanes"));
    hostile = HostileReport.write(made("target/test-report-hostile"));
  }

  private static Path made(String name) throws IOException {
    return Files.createDirectories(Path.of(name).toAbsolutePath());
  }

  @BeforeEach
  void openTab() throws Exception {
    tab = Browser.get().tab();
  }

  @AfterEach
  void closeTab() throws Exception {
    tab.close();
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  /** One page of each kind. */
  private static Set<Path> kinds() throws IOException {
    Set<Path> kinds = new LinkedHashSet<>();
    for (String name :
        List.of(
            "index.html",
            "conformance.html",
            "defects.html",
            "properties/OWN-1.html",
            "specs/RegistryMemory.html",
            "findings/index.html",
            "findings/O-24.html",
            "counterexamples/S01.SideExclusiveInv.html",
            "graphs/S01.html")) {
      kinds.add(reports.resolve(name));
    }
    kinds.add(lanes);
    kinds.add(hostile.resolve("trends.html"));
    return kinds;
  }

  @Test
  void noPageComplainsLoadsAnythingOrIsWiderThanAPhone() throws Exception {
    List<Path> pages = new ArrayList<>(pages(reports));
    pages.addAll(pages(hostile));
    pages.add(lanes);
    assertThat(pages).hasSizeGreaterThan(200);
    tab.wide(400);
    List<String> wide = new ArrayList<>();
    for (Path page : pages) {
      String found = tab.open(page).run(WIDTH);
      if (!found.equals("fits")) {
        wide.add(page + ": " + found);
      }
    }
    assertThat(wide).isEmpty();
    assertThat(tab.problems()).isEmpty();
  }

  @Test
  void whatAPageComplainsOfOrLoadsIsSeen() throws Exception {
    Path page =
        Files.writeString(
            made("target/test-report-bad").resolve("bad.html"),
            "<!doctype html><img src='none.png'><script>console.log(1); x.y();</script>"
                + "<div style='width:2000px'>wide</div>");
    assertThat(tab.wide(400).open(page).run(WIDTH)).isNotEqualTo("fits");
    assertThat(tab.problems())
        .anyMatch(problem -> problem.startsWith("console: "))
        .anyMatch(problem -> problem.startsWith("exception: "))
        .anyMatch(problem -> problem.startsWith("request: ") && problem.endsWith("none.png"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1280})
  void noKindOfPageIsWiderThanItsWindow(int width) throws Exception {
    tab.wide(width);
    for (Path page : kinds()) {
      assertThat(tab.open(page).run(WIDTH)).as(page.toString()).isEqualTo("fits");
    }
  }

  /** Also the text that is for screen readers only, which has a position of its own. */
  @Test
  void aTableOfAnyWidthStaysInItsRegion() throws Exception {
    int withUnseen = 0;
    for (Path page : kinds()) {
      String found =
          tab.wide(1280)
              .open(page)
              .run(
                  "for (const table of document.querySelectorAll('table'))"
                      + " table.style.minWidth = '5000px';"
                      + " const unseen = Array.from(document.querySelectorAll('td .unseen'))"
                      + ".some((e) => e.getBoundingClientRect().left > innerWidth);"
                      + " const fits = document.documentElement.scrollWidth <= innerWidth;"
                      + " return (unseen ? 'with ' : 'without ') + (fits ? 'fits' : 'wide');");
      assertThat(found).as(page.toString()).endsWith(" fits");
      withUnseen += found.startsWith("with ") ? 1 : 0;
    }
    assertThat(withUnseen).isGreaterThan(1);
  }

  @Test
  void onPaperNothingIsFoldedOrCutOff() throws Exception {
    tab.wide(794).printed();
    String folded =
        "const hidden = Array.from(document.querySelectorAll('details>:not(summary)'))"
            + ".filter((e) => !e.checkVisibility()).length;"
            + " if (hidden) { return hidden + ' folded'; } ";
    for (Path page : kinds()) {
      assertThat(tab.open(page).run(folded + WIDTH)).as(page.toString()).isEqualTo("fits");
    }
  }

  @Test
  void onPaperAMatrixOfThirtyDesignsFits() throws Exception {
    String grow =
        "const table = document.querySelector('table.matrix'); table.classList.add('wide');"
            + " for (const row of table.rows) { const last = row.lastElementChild;"
            + " while (row.cells.length < 31) { row.append(last.cloneNode(true)); } } ";
    tab.wide(794).printed().open(reports.resolve("index.html"));
    assertThat(tab.run(grow + WIDTH)).isEqualTo("fits");
  }

  @Test
  void aWideTableOnAPhoneKeepsItsFirstColumnAndShowsThatItGoesOn() throws Exception {
    tab.wide(400);
    for (String page : List.of("index.html", "conformance.html", "defects.html")) {
      String found =
          tab.open(reports.resolve(page))
              .run(
                  "const region = Array.from(document.querySelectorAll('.scroll'))"
                      + ".find((r) => r.scrollWidth > r.clientWidth + 40);"
                      + " const first = region.querySelector('tbody tr>:first-child'),"
                      + " last = region.querySelector('thead th:last-child');"
                      + " const left = (e) => Math.round(e.getBoundingClientRect().left);"
                      + " const before = left(first); region.focus(); region.scrollLeft = 9999;"
                      + " const edge = region.getBoundingClientRect().right;"
                      + " return [left(first) - before, left(last) > left(first),"
                      + " last.getBoundingClientRect().right <= edge + 1,"
                      + " first.getBoundingClientRect().width < 200,"
                      + " document.activeElement === region, region.getAttribute('role'),"
                      + " region.getAttribute('aria-label').length > 0,"
                      + " getComputedStyle(region).backgroundAttachment].join(' ');");
      assertThat(found).as(page).isEqualTo("0 true true true true region true local, scroll");
    }
  }

  @Test
  void everyTableScrollsInARegionThatKeysReach() throws Exception {
    for (Path page : kinds()) {
      for (Element table : tab.open(page).document().select("table")) {
        assertThat(table.parent()).as("%s: %s", page, table.select("caption").text()).isNotNull();
        assertThat(
                table
                    .parent()
                    .is(".scroll[tabindex=0][role~=region|group][aria-label]:not([aria-label=''])"))
            .as("%s: %s", page, table.select("caption").text())
            .isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{1} at {0} pixels")
  @CsvSource({"400, light", "400, dark", "1280, light", "1280, dark"})
  void axeFindsNothingSerious(int width, String scheme) throws Exception {
    tab.wide(width).prefers(scheme);
    for (Path page : kinds()) {
      assertThat(serious(page)).as(page.toString()).isEmpty();
    }
  }

  @Test
  void whatIsSeriousIsFoundByAxe() throws Exception {
    Path page =
        Files.writeString(
            made("target/test-report-bad").resolve("serious.html"),
            "<!doctype html><title>x</title><main><img src='data:,x'><p style='color:#ccc'>pale");
    assertThat(serious(page)).contains("image-alt", "color-contrast", "html-has-lang");
  }

  /** What axe finds on a page that is serious or critical. */
  private String serious(Path page) throws Exception {
    tab.open(page).value(axe() + "; 'loaded'");
    return tab.run(
        "const found = await axe.run(document, {resultTypes: ['violations']});"
            + " return found.violations"
            + ".filter((v) => v.impact === 'serious' || v.impact === 'critical')"
            + ".map((v) => v.id + ' ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)"
            + " + ' ' + n.failureSummary).join('; ')).join('\\n');");
  }

  private static String axe() throws IOException {
    try (InputStream script =
        PagesBrowserTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 255", "dark, 40"})
  void theGroundIsLightOrDarkAsTheReaderPrefers(String scheme, int most) throws Exception {
    String ground =
        "return Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g)"
            + ".map(Number));";
    for (Path page : kinds()) {
      int brightest = Integer.parseInt(tab.prefers(scheme).open(page).run(ground));
      assertThat(brightest).as(page.toString()).isBetween(most - 40, most);
    }
  }

  @Test
  void hostileTextIsShownAsTextAndKeepsToItself() throws Exception {
    for (Path page : pages(hostile)) {
      tab.open(page);
      assertThat(tab.run("return document.querySelectorAll('img, [onerror]').length;"))
          .as(page.toString())
          .isEqualTo("0");
    }
    assertThat(tab.problems()).isEmpty();
    tab.open(hostile.resolve(HostileReport.PAGE)).press("End");
    String shown =
        "return Array.from(document.querySelectorAll('.step.current .leaf'))"
            + ".map((e) => e.textContent).join('\\n');";
    assertThat(tab.run(shown)).contains("</script><script>alert(1)</script>", "\u202E");
    // What turns the direction of writing must end with the text that it is in.
    assertThat(
            tab.run(
                "return Array.from(document.querySelectorAll('.leaf, .label, .was, td, th, dd, h1,"
                    + " h2, code, .object b, .chip, .act')).filter((e) =>"
                    + " !/isolate|plaintext/.test(getComputedStyle(e).unicodeBidi))"
                    + ".map((e) => e.tagName + '.' + e.className).join(' ');"))
        .isEmpty();
  }
}
