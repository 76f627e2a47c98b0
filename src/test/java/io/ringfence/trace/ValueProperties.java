package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(TraceArbitraries.class)
class ValueProperties {
  @Property
  void textReadsBackAsTheSameValue(@ForAll Value value) {
    assertThat(ValueParser.parse(value.toString())).isEqualTo(value);
  }

  @Property
  void orderIsAntisymmetricAndAgreesWithEquals(@ForAll Value a, @ForAll Value b) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    assertThat(a.equals(b)).isEqualTo(a.toString().equals(b.toString()));
  }

  @Property
  void orderIsTransitive(@ForAll Value a, @ForAll Value b, @ForAll Value c) {
    List<Value> sorted = List.of(a, b, c).stream().sorted().toList();
    assertThat(sorted.get(0).compareTo(sorted.get(2))).isLessThanOrEqualTo(0);
    assertThat(sorted.get(0).compareTo(sorted.get(1))).isLessThanOrEqualTo(0);
    assertThat(sorted.get(1).compareTo(sorted.get(2))).isLessThanOrEqualTo(0);
  }

  @Property
  void equalValuesHaveEqualHashes(@ForAll Value value) {
    Value copy = ValueParser.parse(value.toString());
    assertThat(copy).isEqualTo(value).isEqualByComparingTo(value).hasSameHashCodeAs(value);
  }

  @Property
  void graphOfAFunctionMakesTheSameFunction(@ForAll Value value) {
    Values.graph(value).ifPresent(g -> assertThat(Values.function(g)).isEqualTo(value));
  }

  @Property
  void differencesAreEmptyExactlyForEqualValues(@ForAll Value a, @ForAll Value b) {
    assertThat(ValueDiff.between(a, a)).isEmpty();
    assertThat(ValueDiff.between(a, b).isEmpty()).isEqualTo(a.equals(b));
  }

  @Property
  void differencesSeeAChangeDeepInside(@ForAll Value a, @ForAll Value b) {
    List<Difference> differences =
        ValueDiff.between(
            Map.of("same", a, "own", SeqValue.of(a)), Map.of("same", a, "own", SeqValue.of(b)));
    assertThat(differences.isEmpty()).isEqualTo(a.equals(b));
    assertThat(differences)
        .allSatisfy(d -> assertThat(d.path().get(0)).isEqualTo(StringValue.of("own")));
  }

  @Property
  void differencesReversedSwapBeforeAndAfter(@ForAll Value a, @ForAll Value b) {
    assertThat(ValueDiff.between(b, a))
        .hasSameSizeAs(ValueDiff.between(a, b))
        .extracting(d -> List.of(d.path(), String.valueOf(d.before()), String.valueOf(d.after())))
        .containsExactlyInAnyOrderElementsOf(
            ValueDiff.between(a, b).stream()
                .map(d -> List.of(d.path(), String.valueOf(d.after()), String.valueOf(d.before())))
                .toList());
  }
}
