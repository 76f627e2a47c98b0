package io.ringfence.tlc;

import java.nio.file.Path;

/**
 * How often TLC took an action.
 *
 * @param name the operator; one whose body is a disjunction can be several actions
 * @param module the module that defines it
 * @param line where in the module the action begins
 * @param taken the number of steps
 */
public record ActionCount(String name, String module, int line, long taken) {
  /** Return the action with its place: {@code Sell (TicketSale.tla:34)}. */
  @Override
  public String toString() {
    return name + " (" + new SourceLocation(Path.of(module + ".tla"), line) + ")";
  }
}
