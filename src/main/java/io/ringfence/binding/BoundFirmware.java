package io.ringfence.binding;

import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Firmware in lockstep with a spec: operations in, spec states out.
 *
 * <p>Nothing is remembered between steps: {@link #state()} walks the RAM as a debugger would. An
 * instance is confined to one thread.
 */
public interface BoundFirmware {

  /** The spec's variables, in the order of {@link #state()}. */
  List<String> variables();

  /**
   * The variables of the spec that this design has no memory for, as only others keep them. They
   * never change here.
   */
  default Set<String> unused() {
    return Set.of();
  }

  /**
   * Brings the firmware to the initial state that the spec's values describe.
   *
   * @param values one value for each of {@link #variables()}
   * @return whether the firmware has such an initial state
   */
  boolean start(Value[] values);

  /**
   * Resolves an action instance once, so that performing it is cheap.
   *
   * @throws BindingException if the spec has no such action, or the arguments are not of its kind
   */
  Operation resolve(String action, Map<String, Value> arguments);

  /** Computes the spec's variables from the RAM, in the order of {@link #variables()}. */
  Value[] state();

  /**
   * Computes a hash of all that {@link #state()} reads: two different values are two different RAM
   * images, and one value is one image, as sure as one of TLC's fingerprints is one state.
   */
  long ramHash();

  /** Captures the whole state of the firmware. */
  Checkpoint checkpoint();

  /** Returns to a captured state. */
  void restore(Checkpoint checkpoint);

  /** Describes the last fault in words, or why the last operation was refused; empty if neither. */
  String lastFault();

  /** Draws the memory as it is now: heaps, partitions, objects and the pointers between them. */
  MemoryPicture picture();

  /** Draws the threads as they are now; nothing if there are not several. */
  default ThreadPicture threads() {
    return ThreadPicture.NONE;
  }

  /** An opaque captured state. */
  interface Checkpoint {}
}
