package io.ringfence.tlc.eval;

import io.ringfence.trace.Value;
import java.util.List;

/**
 * A model, ready for evaluation by TLC. Not thread-safe: one thread at a time; several evaluators
 * do not disturb each other.
 *
 * <p>To explore what TLC explores: begin with the {@link #initialStates}, skip those that are not
 * {@link #inModel}; for each edge check properties, and follow it only if the next state is {@link
 * #inModel} and the step {@link #inActions}. TLC checks invariants in states outside the model too.
 *
 * <p>Every method can throw {@link EvaluationException} if an expression of the specification has
 * no value, and {@link IllegalStateException} after {@link #close}.
 */
public interface Evaluator extends AutoCloseable {
  /**
   * Return the names of the variables in the order of their declarations, those of extended modules
   * first. (In TLC's own traces the order depends on hash codes.)
   */
  List<String> variables();

  /** Return all action instances, each at its own index. */
  List<ActionInstance> actions();

  /**
   * Return the states that satisfy the initial predicate, repetitions and those outside included.
   */
  List<SpecState> initialStates();

  /** Hand over every edge out of a state, in the order of the actions; deadlock is no edge. */
  void successors(SpecState state, SuccessorSink sink);

  /**
   * Return the values of all variables, in the order of {@link #variables}. Equal values of a
   * variable are the same object; do not change the array.
   */
  Value[] values(SpecState state);

  /**
   * Return TLC's fingerprint: equal for the same state, and different for others but by mischance.
   */
  long fingerprint(SpecState state);

  /** Say whether a state satisfies the state constraints. */
  boolean inModel(SpecState state);

  /** Say whether a step satisfies the action constraints. */
  boolean inActions(SpecState state, SpecState next);

  /**
   * Say whether a predicate holds in a state.
   *
   * @param predicate an invariant of the configuration, or any operator of the root module (or of
   *     one that it extends) without parameters and without primes
   * @throws EvaluationException if there is no such operator or it is not Boolean
   */
  boolean holds(String predicate, SpecState state);

  /**
   * Return the value that the configuration gives to a constant.
   *
   * @throws EvaluationException if the modules declare no such constant, or it is an operator
   */
  Value constant(String name);

  /** Return the names of the invariants, in the order of the configuration. */
  List<String> invariants();

  /**
   * Return the names of the properties of single steps, as TLC sees them: the name from the
   * configuration for a property that is {@code [][A]_v} itself, a location for a part of a larger
   * formula such as a refined specification.
   */
  List<String> actionProperties();

  /**
   * Say whether a step satisfies a property of steps.
   *
   * @param property one of {@link #actionProperties}
   */
  boolean actionPropertyHolds(String property, SpecState state, SpecState next);

  /** Release TLC's classes and the files that they needed. */
  @Override
  void close();
}
