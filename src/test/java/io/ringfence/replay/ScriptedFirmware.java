package io.ringfence.replay;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Goes through given states, one with each action, and refuses an action after the last one. */
final class ScriptedFirmware implements BoundFirmware {
  private final List<String> variables;
  private final List<Map<String, Value>> states;
  private final Set<String> unused;
  private int at;

  private record Position(int at) implements Checkpoint {}

  ScriptedFirmware(List<String> variables, List<Map<String, Value>> states, Set<String> unused) {
    this.variables = variables;
    this.states = states;
    this.unused = unused;
  }

  @Override
  public List<String> variables() {
    return variables;
  }

  @Override
  public Set<String> unused() {
    return unused;
  }

  @Override
  public boolean start(Value[] values) {
    at = 0;
    return true;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    return () -> {
      if (at + 1 == states.size()) {
        return Outcome.REFUSED;
      }
      at++;
      return Outcome.DONE;
    };
  }

  @Override
  public Value[] state() {
    return variables.stream()
        .map(name -> Objects.requireNonNull(states.get(at).get(name), name))
        .toArray(Value[]::new);
  }

  @Override
  public long ramHash() {
    return at;
  }

  @Override
  public Checkpoint checkpoint() {
    return new Position(at);
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    at = ((Position) checkpoint).at();
  }

  @Override
  public String lastFault() {
    return "";
  }

  @Override
  public MemoryPicture picture() {
    throw new UnsupportedOperationException("there is no memory");
  }
}
