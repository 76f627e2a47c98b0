package io.ringfence.trace;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Random values and traces, with strings chosen to break formats. */
class TraceArbitraries extends DomainContextBase {
  private static final int DEPTH = 3;

  private static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of("a", "b", "k0", "pc", "1", "TRUE")),
        Tuple.of(
            2,
            Arbitraries.of(
                "",
                "#",
                "#set",
                "#bigint",
                "#meta",
                "a b",
                "\"",
                "\\",
                "\\\"",
                "\n/\\ y = 1",
                "</script><b>&amp;",
                "\u202eabc\u2066",
                "\u0000\u001b[31m\u007f",
                "\ud800",
                "\udc00\ud800",
                "\ud83d\ude00",
                "\u2028\u0085\ufeff",
                ">>",
                "a |-> 1")),
        Tuple.of(1, Arbitraries.strings().all().ofMaxLength(8)));
  }

  private static Arbitrary<Value> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(BoolValue.TRUE, BoolValue.FALSE),
        Arbitraries.longs().between(-2, 4).map(IntValue::of),
        Arbitraries.bigIntegers()
            .between(BigInteger.TWO.pow(200).negate(), BigInteger.TWO.pow(200))
            .map(IntValue::new),
        texts().map(StringValue::of),
        Arbitraries.of("Int", "Nat", "STRING").map(UnserializableValue::new));
  }

  private static Arbitrary<Value> values(int depth) {
    if (depth == 0) {
      return scalars();
    }
    Arbitrary<Value> inner = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.oneOf(
        scalars(),
        inner.list().ofMaxSize(3).map(SeqValue::of),
        inner.list().ofMaxSize(3).map(SetValue::of),
        Arbitraries.maps(texts(), inner).ofMaxSize(3).map(Values::record),
        Arbitraries.maps(inner, inner).ofMaxSize(3).map(Values::function));
  }

  @Provide
  Arbitrary<Value> value() {
    return values(DEPTH);
  }

  @Provide
  Arbitrary<Trace> trace() {
    return texts()
        .filter(name -> !name.startsWith("#"))
        .list()
        .uniqueElements()
        .ofMaxSize(3)
        .flatMap(TraceArbitraries::traces);
  }

  private static Arbitrary<Trace> traces(List<String> variables) {
    Arbitrary<List<TraceState>> states =
        Combinators.combine(values(2).list().ofSize(variables.size()), actions().injectNull(0.3))
            .as((values, action) -> new TraceState(0, action, zip(variables, values)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(TraceArbitraries::number);
    Arbitrary<TraceMeta> metas =
        Arbitraries.maps(texts(), texts()).ofMaxSize(3).map(TraceMeta::new);
    return Combinators.combine(
            metas, states, Arbitraries.integers().between(-1, 2), actions().injectNull(0.3))
        .as(
            (meta, list, loop, back) ->
                new Trace(
                    meta,
                    variables,
                    list,
                    loop < 0 ? Optional.empty() : Optional.of(new Loop(loop % list.size(), back))));
  }

  private static Arbitrary<ActionCall> actions() {
    return Combinators.combine(texts(), Arbitraries.maps(texts(), values(1)).ofMaxSize(2))
        .as(ActionCall::new);
  }

  private static Map<String, Value> zip(List<String> names, List<Value> values) {
    Map<String, Value> zipped = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      zipped.put(names.get(i), values.get(i));
    }
    return zipped;
  }

  private static List<TraceState> number(List<TraceState> states) {
    List<TraceState> numbered = new ArrayList<>();
    for (TraceState state : states) {
      numbered.add(new TraceState(numbered.size(), state.action(), state.values()));
    }
    return numbered;
  }
}
