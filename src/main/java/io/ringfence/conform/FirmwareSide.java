package io.ringfence.conform;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.trace.Value;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Performs on the firmware what the spec allows, and tries what the spec forbids. */
final class FirmwareSide {
  private static final int NO_STATE = -1;

  private final BoundFirmware firmware;
  private final List<ActionInstance> instances;
  private final Operation[] operations;
  private final int[] columns;
  private final Int2ObjectOpenHashMap<BoundFirmware.Checkpoint> frontier =
      new Int2ObjectOpenHashMap<>();

  /**
   * The spec's state that each RAM image was found to be. The spec's variables are a function of
   * the RAM, so an image is read once, however many edges lead to it.
   */
  private final Long2IntOpenHashMap images = new Long2IntOpenHashMap();

  private final long[] edgesOf;
  private long edges;
  private long refusals;
  private @Nullable Finding finding;

  /**
   * A difference, as this side sees it.
   *
   * @param state number of the state in which it showed
   * @param action index of the action instance, or -1 for an initial state
   * @param expected the spec's next state, or null if the spec forbids the step
   * @param actual the firmware's next state in the spec's order of variables, or null if refused
   */
  record Finding(
      Conformance.DifferenceKind kind,
      int state,
      int action,
      Value @Nullable [] expected,
      Value @Nullable [] actual,
      String fault) {}

  /**
   * Binds the spec's actions and variables to the firmware's.
   *
   * @throws IllegalArgumentException if the binding lacks a variable of the spec or has another
   */
  FirmwareSide(BoundFirmware firmware, List<String> variables, List<ActionInstance> instances) {
    this.firmware = firmware;
    this.instances = instances;
    this.columns = columns(firmware.variables(), variables);
    this.operations = new Operation[instances.size()];
    for (ActionInstance instance : instances) {
      operations[instance.index()] = firmware.resolve(instance.name(), instance.arguments());
    }
    this.edgesOf = new long[instances.size()];
    images.defaultReturnValue(NO_STATE);
  }

  private static int[] columns(List<String> bound, List<String> specified) {
    if (bound.size() != specified.size() || !bound.containsAll(specified)) {
      throw new IllegalArgumentException(
          "the spec has the variables "
              + specified
              + ", its binding computes "
              + bound
              + "; bring the binding up to date");
    }
    return specified.stream().mapToInt(bound::indexOf).toArray();
  }

  /**
   * Brings the firmware to an initial state. Returns false, with a finding, if it has none such.
   */
  boolean start(SpecSide.Initial initial) {
    Value[] ordered = new Value[columns.length];
    for (int i = 0; i < columns.length; i++) {
      ordered[columns[i]] = initial.values()[i];
    }
    Value[] actual = firmware.start(ordered) ? state() : null;
    if (actual == null || !Arrays.equals(actual, initial.values())) {
      finding =
          new Finding(
              Conformance.DifferenceKind.INITIAL_STATE,
              initial.number(),
              -1,
              initial.values(),
              actual,
              firmware.lastFault());
      return false;
    }
    images.put(firmware.ramHash(), initial.number());
    if (initial.keep()) {
      frontier.put(initial.number(), firmware.checkpoint());
    }
    return true;
  }

  /** Goes through all action instances in one state. Returns false, with a finding, to stop. */
  boolean perform(Expansion expansion) {
    BoundFirmware.Checkpoint here = frontier.remove(expansion.number());
    firmware.restore(here);
    int edge = 0;
    for (int action = 0; action < operations.length; action++) {
      if (edge == expansion.actions().length || expansion.actions()[edge] != action) {
        if (!refuses(expansion.number(), action)) {
          return false;
        }
        continue;
      }
      if (!follows(expansion, edge)) {
        return false;
      }
      firmware.restore(here);
      edge++;
      if (edge < expansion.actions().length && expansion.actions()[edge] == action) {
        finding = ambiguous(expansion, edge);
        return false;
      }
    }
    return true;
  }

  /** The spec forbids it, so the firmware must refuse; a refusal leaves the RAM as it was. */
  private boolean refuses(int state, int action) {
    if (operations[action].perform() == Outcome.REFUSED) {
      refusals++;
      return true;
    }
    finding =
        new Finding(
            Conformance.DifferenceKind.NOT_REFUSED,
            state,
            action,
            null,
            state(),
            firmware.lastFault());
    return false;
  }

  private boolean follows(Expansion expansion, int edge) {
    int action = expansion.actions()[edge];
    Value[] expected = expansion.targetValues()[edge];
    if (operations[action].perform() == Outcome.REFUSED) {
      finding =
          new Finding(
              Conformance.DifferenceKind.REFUSED,
              expansion.number(),
              action,
              expected,
              null,
              firmware.lastFault());
      return false;
    }
    int target = expansion.targets()[edge];
    long image = firmware.ramHash();
    if (images.get(image) != target) {
      Value[] actual = state();
      if (!Arrays.equals(actual, expected)) {
        finding =
            new Finding(
                Conformance.DifferenceKind.STATE,
                expansion.number(),
                action,
                expected,
                actual,
                firmware.lastFault());
        return false;
      }
      images.put(image, target);
    }
    edges++;
    edgesOf[action]++;
    if (expansion.keep().get(edge)) {
      frontier.put(target, firmware.checkpoint());
    }
    return true;
  }

  /** A firmware step has one outcome; a choice of the environment must be a parameter. */
  private Finding ambiguous(Expansion expansion, int edge) {
    return new Finding(
        Conformance.DifferenceKind.STATE,
        expansion.number(),
        expansion.actions()[edge],
        expansion.targetValues()[edge],
        expansion.targetValues()[edge - 1],
        instances.get(expansion.actions()[edge])
            + " has several outcomes in the spec; make the choice a parameter of the action");
  }

  private Value[] state() {
    Value[] bound = firmware.state();
    Value[] ordered = new Value[columns.length];
    for (int i = 0; i < columns.length; i++) {
      ordered[i] = bound[columns[i]];
    }
    return ordered;
  }

  @Nullable Finding finding() {
    return finding;
  }

  long edges() {
    return edges;
  }

  long edgesOf(int action) {
    return edgesOf[action];
  }

  long refusals() {
    return refusals;
  }

  long images() {
    return images.size();
  }
}
