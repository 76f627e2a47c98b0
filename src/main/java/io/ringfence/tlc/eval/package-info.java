/**
 * TLC's own evaluator as a library: initial states, successors per action with its arguments, and
 * the truth of predicates, for walking a state graph edge by edge.
 *
 * <p>TLC keeps its state in static fields, and two specifications in one class loader corrupt each
 * other silently. Hence each {@link io.ringfence.tlc.eval.Evaluator} has a class loader of its own
 * with its own copy of TLC.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package io.ringfence.tlc.eval;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
