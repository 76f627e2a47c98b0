package io.ringfence.tlc.isolated;

import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.UnserializableValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.TupleValue;

/** Turns TLC's values into ours. */
final class ValueConverter {
  private ValueConverter() {}

  static Value convert(Object value) {
    if (value instanceof tlc2.value.impl.IntValue integer) {
      return IntValue.of(integer.val);
    }
    if (value instanceof tlc2.value.impl.BoolValue bool) {
      return BoolValue.of(bool.val);
    }
    if (value instanceof tlc2.value.impl.StringValue string) {
      return StringValue.of(string.val.toString());
    }
    if (value instanceof ModelValue model) {
      return StringValue.of(model.val.toString());
    }
    if (value instanceof TupleValue tuple) {
      return SeqValue.of(convertAll(tuple.elems));
    }
    if (value instanceof RecordValue rec) {
      Map<String, Value> fields = new HashMap<>();
      for (int i = 0; i < rec.names.length; i++) {
        fields.put(rec.names[i].toString(), convert(rec.values[i]));
      }
      return Values.record(fields);
    }
    if (value instanceof FcnRcdValue function) {
      return convertFunction(function);
    }
    if (value instanceof SetEnumValue set) {
      List<Value> elements = new ArrayList<>(set.elems.size());
      for (int i = 0; i < set.elems.size(); i++) {
        elements.add(convert(set.elems.elementAt(i)));
      }
      return SetValue.of(elements);
    }
    return convertLazy(value);
  }

  /** Convert what TLC keeps as an expression for as long as it can. */
  private static Value convertLazy(Object value) {
    if (value instanceof tlc2.value.impl.Value lazy) {
      tlc2.value.impl.Value set = lazy.toSetEnum();
      if (set != null) {
        return convert(set);
      }
      tlc2.value.impl.Value function = lazy.toFcnRcd();
      if (function != null) {
        return convert(function);
      }
    }
    return new UnserializableValue(String.valueOf(value));
  }

  private static Value convertFunction(FcnRcdValue function) {
    tlc2.value.impl.Value[] domain = function.getDomainAsValues();
    Map<Value, Value> graph = new HashMap<>();
    for (int i = 0; i < domain.length; i++) {
      graph.put(convert(domain[i]), convert(function.values[i]));
    }
    return Values.function(graph);
  }

  private static List<Value> convertAll(tlc2.value.impl.Value[] values) {
    List<Value> converted = new ArrayList<>(values.length);
    for (tlc2.value.impl.Value value : values) {
      converted.add(convert(value));
    }
    return converted;
  }
}
