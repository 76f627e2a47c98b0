package io.ringfence.export;

import java.util.List;

/**
 * A step of an interleaving.
 *
 * @param thread who takes it; empty for what no thread does
 * @param label the action's name, which is the label in the source
 * @param comment the action with its arguments
 * @param inTest whether the test itself announces the step, not a hook in the code under test
 * @param code the statements that the thread's function has for it; those of a callback are not
 *     here
 */
record Turn(String thread, String label, String comment, boolean inTest, List<String> code) {}
