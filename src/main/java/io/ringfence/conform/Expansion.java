package io.ringfence.conform;

import io.ringfence.trace.Value;
import java.util.BitSet;

/**
 * One state of the spec with everything that the spec allows there: what the firmware side needs to
 * know, and no more, since the two sides run in different threads.
 *
 * @param number the state's number; expansions come in ascending order
 * @param actions indices of the enabled action instances, ascending, one entry for each edge
 * @param targets the state that each edge leads to
 * @param targetValues the values of each target
 * @param keep edges (by position) that are the first one to a state that will be expanded later
 */
record Expansion(int number, int[] actions, int[] targets, Value[][] targetValues, BitSet keep) {}
