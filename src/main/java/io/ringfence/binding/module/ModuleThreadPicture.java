package io.ringfence.binding.module;

import io.ringfence.binding.StepThreadsDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.modules.ModuleCall;
import io.ringfence.firmware.modules.ModuleFirmware;
import io.ringfence.firmware.modules.ModuleFrame;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.firmware.modules.ModuleThreads;
import java.util.List;
import java.util.Set;

/** Draws the threads of a module, and the mutex of its resources. */
final class ModuleThreadPicture {
  private static final String MUTEX = "mutex of the module";
  private static final Set<Label> TAKING = Set.of(Label.CONTAINER, Label.RELEASE);

  private ModuleThreadPicture() {}

  static ThreadPicture draw(ModuleModel model, ModuleFirmware firmware) {
    if (model.threads().size() < 2 && model.maxForgeries() == 0) {
      return ThreadPicture.NONE;
    }
    ModuleThreads threads = firmware.threads();
    return StepThreadsDrawing.addThreads(
            StepThreadsDrawing.begin(model.threads(), threads, MUTEX),
            model.threads(),
            threads,
            thread -> Mode.USER,
            thread -> TAKING.contains(threads.label(thread)) ? MUTEX : "",
            thread -> ModuleCall.values()[threads.frame(thread, ModuleFrame.CALL)].text(),
            model.maxForgeries() > 0)
        .draw(List.of(), List.of());
  }
}
