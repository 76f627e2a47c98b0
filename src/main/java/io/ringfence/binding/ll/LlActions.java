package io.ringfence.binding.ll;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;

/** The spec's actions as operations of the firmware. */
final class LlActions {
  private static final List<String> RESULTS = List.of("RESCHEDULE", "COMPLETED");
  private static final List<String> OUTCOMES = List.of("ok", "no_pdata", "no_record", "no_sem");
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  private final LlModel model;
  private final LlStepper stepper;

  LlActions(LlModel model, LlStepper stepper) {
    this.model = model;
    this.stepper = stepper;
  }

  Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Isr" -> stepper::interrupt;
      case "N_Init" -> init(given);
      case "S0_Schedule" -> call(given, ScheduleOperation.SCHEDULE);
      case "S0_Before" -> callWithReference(given, ScheduleOperation.BEFORE);
      case "S0_After" -> callWithReference(given, ScheduleOperation.AFTER);
      case "C0_Cancel" -> call(given, ScheduleOperation.CANCEL);
      case "F0_Free" -> call(given, ScheduleOperation.FREE);
      case "R2d_Return" -> {
        int result =
            given.index("result", RESULTS) == 0 ? Task.STATE_RESCHEDULE : Task.STATE_COMPLETED;
        yield () -> stepper.returnFromCallback(result);
      }
      case "Block" -> stepper::block;
      case "Resume" -> stepper::resume;
      case "F6_Timeout" -> {
        int thread = thread(given);
        yield () -> stepper.timeOut(thread);
      }
      case "K_Lock" -> {
        int thread = thread(given);
        yield () -> stepper.lockScheduler(thread);
      }
      default -> {
        if (!LlLabels.isStep(action)) {
          throw new BindingException("LlScheduler has no action '" + action + "'");
        }
        int thread = thread(given);
        int label = LlLabels.number(action);
        yield () -> stepper.step(thread, label);
      }
    };
  }

  /** The index of a thread: that of a client, or one more for the LL thread. */
  private int thread(NamedValues given) {
    String name = given.text("t");
    return name.equals(LlModel.LL) ? model.clients().size() : given.index("t", model.clients());
  }

  private Operation init(NamedValues given) {
    int thread = thread(given);
    int task = given.index("k", model.tasks());
    String outcome = OUTCOMES.get(given.index("outcome", OUTCOMES));
    String failing = outcome.equals("ok") ? "" : outcome.substring("no_".length());
    String what = failing.equals("record") ? "sem_record" : failing;
    int expected = outcome.equals("ok") ? 0 : -Errno.ENOMEM;
    int priority = model.priorities().get(task);
    return () -> stepper.init(thread, task, LL_TIMER, priority, what, expected);
  }

  private Operation call(NamedValues given, ScheduleOperation operation) {
    int thread = thread(given);
    int task = given.index("k", model.tasks());
    return () -> stepper.call(thread, operation, task, -1);
  }

  private Operation callWithReference(NamedValues given, ScheduleOperation operation) {
    int thread = thread(given);
    int task = given.index("k", model.tasks());
    int reference = given.index("ref", model.tasks());
    return () ->
        reference == task ? Outcome.REFUSED : stepper.call(thread, operation, task, reference);
  }
}
