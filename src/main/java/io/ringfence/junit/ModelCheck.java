package io.ringfence.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Checks a TLA+ specification with TLC. There is a test for each invariant and property of the
 * configuration, named for it, and one, {@value #EXPLORATION}, for what else can go wrong. If there
 * is a constraint, that one is {@value #EXPLORATION_WITHIN}. Once all is explored, there is one
 * more, {@value #ACTIONS}, as what never happens breaks no property:
 *
 * <pre>{@code
 * @ModelCheck(spec = "src/test/tla/TicketSale.tla")
 * void ticketSale() {}
 * }</pre>
 *
 * <p>A test fails with the counterexample: a row for each step, a column for each thread. Whatever
 * keeps TLC from a judgment fails all tests that it leaves open. The body of the method runs in
 * each test that has not failed, and is mostly empty.
 *
 * <p>A path is that of a file, relative to the working directory, which is that of the project
 * under Maven and Gradle; if there is no such file, it is the name of a resource on the class path.
 * The resource has to be a file too, as TLC cannot read from a jar.
 *
 * <p>Each run of TLC is a process of its own with a directory of its own, so tests can run at the
 * same time.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ModelCheckExtension.class)
public @interface ModelCheck {
  /** The name of the test that TLC came through the whole model, without deadlock or error. */
  String EXPLORATION = "all states explored";

  /** The name of the same test if the configuration has a constraint: no other state is. */
  String EXPLORATION_WITHIN = "all states within the constraint explored";

  /** The name of the test that no part of the next-state relation is dead. */
  String ACTIONS = "every action is taken";

  /** The module to check: the path of a {@code .tla} file. */
  String spec();

  /**
   * The configuration: the path of a {@code .cfg} file. By default it lies beside the module and
   * has its name.
   */
  String config() default "";

  /** Directories with further modules, searched after the one of the module. */
  String[] libraries() default {};

  /**
   * Invariants or properties of the configuration that are known to be violated. The test of each
   * fails if it holds, so that no repair goes unnoticed.
   */
  String[] expect() default {};

  /**
   * Whether each action should be taken somewhere, by TLC's coverage. An action is what TLC makes
   * of a part of the next-state relation; {@code false} spares the time to count them.
   */
  boolean actionsTaken() default true;

  /**
   * Actions that are known never to be taken in this model, by the names of their operators. The
   * test of actions fails if there is no such action, or it is taken.
   */
  String[] neverTaken() default {};

  /**
   * Whether a state in which nothing can happen is an error. {@code CHECK_DEADLOCK FALSE} in the
   * configuration has the same effect as {@code false} here.
   */
  boolean deadlock() default true;

  /**
   * How many threads TLC has. With more than one, counterexamples can differ from run to run, and
   * properties of whole behaviors are refused, since TLC can miss violations of them.
   */
  int workers() default 1;

  /** After how many seconds a run of TLC is stopped, which is a failure. */
  int limitSeconds() default 300;

  /** The largest Java heap of TLC, in MiB. */
  int heapMiB() default 1024;
}
