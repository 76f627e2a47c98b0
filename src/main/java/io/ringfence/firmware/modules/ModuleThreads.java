package io.ringfence.firmware.modules;

import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import java.util.List;

/** The threads of a module, and the mutex of the module's resources. */
public final class ModuleThreads extends StepThreads<Label> {
  private static final Layout<Label> LAYOUT =
      new Layout<>(
          ModuleFrame.STRUCT, ModuleFrame.PC, List.of(Label.values()), Label.IDLE, Label.DEAD);

  private final ModuleMachine board;

  ModuleThreads(ModuleMachine board, int count) {
    super(board.machine, board.domain, LAYOUT, count);
    this.board = board;
  }

  /** The fault, or the error that was logged, of the last step; empty if neither. */
  @Override
  public String lastFault() {
    return super.lastFault().isEmpty() ? board.lastError() : super.lastFault();
  }

  @Override
  public void begin(int thread) {
    super.begin(thread);
    board.clearError();
  }

  /** Ends a thread; nobody gives its container back. */
  @Override
  protected void kill(int thread) {
    int container = frame(thread, ModuleFrame.CONTAINER);
    super.kill(thread);
    set(thread, ModuleFrame.CONTAINER, container);
  }

  /** The call that a thread is in. */
  ModuleCall call(int thread) {
    return ModuleCall.values()[frame(thread, ModuleFrame.CALL)];
  }
}
