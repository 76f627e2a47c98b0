package io.ringfence.binding;

/** One action instance of a spec, resolved to the firmware operation that it stands for. */
@FunctionalInterface
public interface Operation {

  /**
   * Performs the operation on the firmware's current RAM.
   *
   * @return {@link Outcome#REFUSED} if the firmware refuses it, with the RAM as it was
   */
  Outcome perform();
}
