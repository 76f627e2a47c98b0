package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import java.util.ArrayList;
import java.util.List;

/** The steps of a trace whose code is in threads of the test and in callbacks. */
final class CallbackTurns {
  private final List<Turn> turns = new ArrayList<>();
  private final Callbacks callbacks = new Callbacks();

  /** The steps, in the order in which they were added. */
  List<Turn> turns() {
    return turns;
  }

  /** Whether a thread takes a step. */
  boolean has(String thread) {
    return turns.stream().anyMatch(turn -> turn.thread().equals(thread));
  }

  /** What the callbacks do. */
  Callbacks callbacks() {
    return callbacks;
  }

  /**
   * Adds a step of a thread of the test, which announces it if there is code for it.
   *
   * @param thread who takes it; empty for what no thread does
   */
  void addToThread(ActionCall call, String thread, List<String> code) {
    add(call, thread, !code.isEmpty(), code);
  }

  /**
   * Adds a step of the callback that began last.
   *
   * @param announced whether it is no step of the code under test
   */
  void addToCallback(ActionCall call, String thread, boolean announced, List<String> code) {
    String comment = Plain.comment(call.toString());
    callbacks.add(Callbacks.step(turns.size() + 1, comment, Plain.name(call.name())));
    callbacks.add(code);
    add(call, thread, announced, List.of());
  }

  /** Adds a step that another one in the callback has announced and has the code of. */
  void addWithinCallback(ActionCall call, String thread) {
    add(call, thread, true, List.of());
  }

  /** Adds a statement behind all others of a thread. */
  void addAtEnd(String thread, String statement) {
    for (int i = turns.size() - 1; i >= 0; i--) {
      Turn turn = turns.get(i);
      if (turn.thread().equals(thread) && !turn.code().isEmpty()) {
        List<String> code = new ArrayList<>(turn.code());
        code.add(statement);
        turns.set(i, new Turn(turn.thread(), turn.label(), turn.comment(), turn.inTest(), code));
        return;
      }
    }
  }

  private void add(ActionCall call, String thread, boolean announced, List<String> code) {
    turns.add(
        new Turn(thread, Plain.name(call.name()), Plain.comment(call.toString()), announced, code));
  }
}
