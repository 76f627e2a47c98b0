package io.ringfence.binding.edf;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.edf.EdfFrame.Kind;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The EDF scheduler and its work queue, bound to {@code spec/EdfScheduler.tla}. */
public final class EdfBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = EdfModel.CONSTANTS;

  private static final Set<String> STEPS =
      Set.of(
          "S1_Submit",
          "S2_Queued",
          "C1_Test",
          "C2_Cancel",
          "C3_State",
          "F1_Cancel",
          "F3_State",
          "F4_Clear",
          "W0_Take",
          "W1_Done",
          "E1_Running",
          "E2_Call",
          "E3_Store",
          "E4_Decide",
          "E6_Queued",
          "E5_Complete",
          "E6_Completed");

  private static final List<String> RESULTS = List.of("COMPLETED", "RESCHEDULE");

  private final EdfModel model;
  private final EdfDriver driver;
  private final EdfState state;
  private final EdfPicture picture;
  private final EdfThreadPicture threads;

  private EdfBinding(EdfModel model, LlFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    EdfView view = new EdfView(model, firmware);
    ClientNotes notes = new ClientNotes(firmware);
    this.driver = new EdfDriver(model, firmware, view, notes);
    this.state = new EdfState(model, firmware, view, notes);
    this.picture = new EdfPicture(model, firmware, view, state);
    this.threads = new EdfThreadPicture(model, firmware, view, state);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static EdfBinding open(Map<String, Value> constants, Switches switches) {
    EdfModel model = EdfModel.read(constants, switches);
    return new EdfBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return EdfState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    if (action.equals("T_Expire")) {
      return driver::expire;
    }
    if (STEPS.contains(action)) {
      int thread = thread(given);
      String label = action.toUpperCase(Locale.ROOT);
      return () -> driver.step(thread, label);
    }
    return switch (action) {
      case "E5_Submit" -> {
        int thread = thread(given);
        boolean later = later(given);
        yield () -> driver.submit(thread, "E5_SUBMIT", later);
      }
      case "X_Return" -> {
        int thread = thread(given);
        boolean completes = given.index("result", RESULTS) == 0;
        int result = completes ? Task.STATE_COMPLETED : Task.STATE_RESCHEDULE;
        yield () -> driver.returnFrom(thread, Kind.RUN, result);
      }
      case "X_Completed" -> {
        int thread = thread(given);
        yield () -> driver.returnFrom(thread, Kind.COMPLETE, 0);
      }
      default -> call(action, given);
    };
  }

  private Operation call(String action, NamedValues given) {
    return switch (action) {
      case "N_Init" -> {
        int thread = thread(given);
        int task = task(given);
        yield () -> driver.init(thread, task);
      }
      case "D_Destroy" -> {
        int thread = thread(given);
        int task = task(given);
        yield () -> driver.destroy(thread, task);
      }
      case "S0_Schedule" -> {
        int thread = thread(given);
        int task = task(given);
        boolean later = later(given);
        yield () -> driver.schedule(thread, task, later);
      }
      case "C0_Cancel" -> {
        int thread = thread(given);
        int task = task(given);
        yield () -> driver.cancel(thread, task);
      }
      case "F0_Free" -> {
        int thread = thread(given);
        int task = task(given);
        yield () -> driver.free(thread, task);
      }
      default ->
          throw new BindingException("EdfScheduler has no action '" + action + "' to perform");
    };
  }

  private int thread(NamedValues given) {
    return given.index("t", model.threads());
  }

  private int task(NamedValues given) {
    return given.index("k", model.tasks());
  }

  private boolean later(NamedValues given) {
    return given.index("delay", EdfModel.DELAYS) == EdfModel.DELAYS.indexOf(EdfModel.LATER);
  }

  @Override
  public Value[] state() {
    return state.read();
  }

  @Override
  public String lastFault() {
    return driver.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return picture.draw();
  }

  @Override
  public ThreadPicture threads() {
    return threads.draw();
  }
}
