package io.ringfence.tlc;

import io.ringfence.tlc.eval.PropertyShape;
import java.nio.file.Path;
import java.util.List;

/**
 * Several claims on one model, for one run of TLC: everything that one configuration lists holds,
 * and each of some other properties is violated.
 *
 * @param job the run with the configuration whose properties hold, or, if there is none, with any
 *     other one; one worker, and no deadlock check
 * @param holds whether the properties in the configuration of the job are claimed
 * @param violated the others; their configurations differ from the job's in their properties only
 */
public record TlcBatch(TlcJob job, boolean holds, List<Violation> violated) {
  /**
   * A property that should be violated.
   *
   * @param property its operator
   * @param shape {@link PropertyShape#STATE} or {@link PropertyShape#STEP}
   * @param config the configuration that lists it alone
   */
  public record Violation(String property, PropertyShape shape, Path config) {
    /** Check the shape. */
    public Violation {
      if (shape != PropertyShape.STATE && shape != PropertyShape.STEP) {
        throw new IllegalArgumentException(
            property + " is a property of more than a state or a step: " + shape);
      }
    }
  }

  /** Copy the list and check the job. */
  public TlcBatch {
    violated = List.copyOf(violated);
    if (job.workers() != 1 || job.deadlockCheck()) {
      throw new IllegalArgumentException("A batch needs one worker and no deadlock check");
    }
  }
}
