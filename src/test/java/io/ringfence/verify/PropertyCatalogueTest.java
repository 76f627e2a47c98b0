package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PropertyCatalogueTest {
  /**
   * A report shows the sentence without the words before it. {@code TypeOK} needs none: every spec
   * has it, and its name says all.
   */
  @Test
  void everyPropertyHasASentenceThatStandsAlone() {
    List<PropertyCatalogue.Entry> entries =
        operatorsBySpec().entrySet().stream()
            .flatMap(spec -> read(spec.getKey(), spec.getValue()))
            .filter(entry -> !entry.operator().equals("TypeOK"))
            .toList();
    assertThat(entries).hasSizeGreaterThan(200);
    assertThat(entries.stream().filter(entry -> !standsAlone(entry.statement())))
        .extracting(entry -> entry.spec() + " " + entry.operator() + ": " + entry.statement())
        .isEmpty();
  }

  private static boolean standsAlone(String sentence) {
    return (sentence.endsWith(".") || sentence.endsWith(".)")) && !sentence.startsWith("It ");
  }

  private static Map<String, Set<String>> operatorsBySpec() {
    Map<String, Set<String>> operators = new TreeMap<>();
    for (Manifest.Model model : RunOfTwoModels.MANIFEST.models()) {
      for (Manifest.Claim claim : model.claims()) {
        operators
            .computeIfAbsent(model.spec(), spec -> new TreeSet<>())
            .addAll(
                Objects.requireNonNull(RunOfTwoModels.MANIFEST.configs().get(claim.config()))
                    .properties());
      }
    }
    return operators;
  }

  private static Stream<PropertyCatalogue.Entry> read(String spec, Set<String> operators) {
    return PropertyCatalogue.read(
        RunOfTwoModels.PROJECT.specs().resolve(spec + ".tla"), List.copyOf(operators))
        .stream();
  }
}
