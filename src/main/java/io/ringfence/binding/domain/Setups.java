package io.ringfence.binding.domain;

import io.ringfence.binding.NamedValues;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the constant {@code Setups}, a set of pairs. */
final class Setups {
  private static final String NAME = "Setups";

  private Setups() {}

  static Set<DomainModel.Setup> read(NamedValues constants) {
    Set<DomainModel.Setup> setups = new LinkedHashSet<>();
    for (Value pair : constants.elements(NAME)) {
      if (pair instanceof SeqValue sequence
          && sequence.elements().size() == 2
          && sequence.elements().get(0) instanceof StringValue thread
          && sequence.elements().get(1) instanceof IntValue core) {
        setups.add(new DomainModel.Setup(thread.value(), core.value().intValue()));
      } else {
        throw constants.wrong(NAME, "a set of pairs of a thread and a core");
      }
    }
    return setups;
  }
}
