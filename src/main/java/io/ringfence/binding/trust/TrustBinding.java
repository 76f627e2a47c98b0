package io.ringfence.binding.trust;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.trust.DataRoutines;
import io.ringfence.firmware.trust.IpcRoutines;
import io.ringfence.firmware.trust.LlRoutines;
import io.ringfence.firmware.trust.Routine;
import io.ringfence.firmware.trust.TrustFirmware;
import io.ringfence.firmware.trust.TrustFirmware.Place;
import io.ringfence.firmware.trust.TrustWord;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The kernel and the words that it follows, bound to {@code spec/KernelTrust.tla}. */
public final class TrustBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = TrustModel.CONSTANTS;

  private final TrustModel model;
  private final TrustFirmware firmware;

  private TrustBinding(TrustModel model, TrustFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static TrustBinding open(Map<String, Value> constants, Switches switches) {
    TrustModel model = TrustModel.read(constants, switches);
    return new TrustBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return TrustState.VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    LlRoutines ll = firmware.ll();
    DataRoutines data = firmware.data();
    IpcRoutines ipc = firmware.ipc();
    return switch (action) {
      case "TickTest" -> of(Routine.TICK, ll::tickTest);
      case "TickGive" -> of(Routine.TICK, ll::tickGive);
      case "LoadScheduler" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.loadScheduler(routine));
      }
      case "CallScheduler" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.callScheduler(routine));
      }
      case "Lock" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.lock(routine));
      }
      case "Release" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.release(routine));
      }
      case "Unlock" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.unlock(routine));
      }
      case "CallDomain" -> {
        Routine routine = routine(given);
        yield of(routine, () -> ll.callDomain(routine));
      }
      case "RunTask" -> of(Routine.RUN, ll::runTask);
      case "WaitForTask" -> of(Routine.FREE, ll::waitForTask);
      case "CheckData" -> of(Routine.SCHEDULE, data::checkData);
      case "MarkFreeing" -> of(Routine.FREE, data::markFreeing);
      case "LookAtSemaphore" -> of(Routine.FREE, data::lookAtSemaphore);
      case "FreeData" -> of(Routine.FREE, data::freeData);
      case "AllocateData" -> of(Routine.INIT, data::allocateData);
      case "Insert" -> of(Routine.SCHEDULE, ll::insert);
      case "Unlink" -> of(Routine.FREE, ll::unlink);
      case "CountDown" -> of(Routine.FREE, ll::countDown);
      case "StoreSemaphore" -> of(Routine.INIT, data::storeSemaphore);
      case "InitSemaphore" -> of(Routine.INIT, data::initSemaphore);
      case "CallDp" -> of(Routine.DP, ll::callDp);
      case "StoreThread" -> of(Routine.CONTEXT, ipc::storeThread);
      case "RecordThread" -> of(Routine.CONTEXT, ipc::recordThread);
      case "LockDomain" -> of(Routine.CONTEXT, ipc::lockDomain);
      case "UnlockDomain" -> of(Routine.CONTEXT, ipc::unlockDomain);
      case "PickSlot" -> of(Routine.REGISTER, ipc::pickSlot);
      case "Append" -> of(Routine.REGISTER, ipc::append);
      case "LockSlot" -> of(Routine.SCHED, ll::lockSlot);
      case "UnlockSlot" -> of(Routine.SCHED, ll::unlockSlot);
      case "GrantAudio" -> of(Routine.START, ipc::grantAudio);
      case "ForwardStore" -> of(Routine.FORWARD, ipc::forwardStore);
      case "ForwardSet" -> of(Routine.FORWARD, ipc::forwardSet);
      case "ForwardTake" -> of(Routine.FORWARD, ipc::forwardTake);
      case "ForwardReply" -> of(Routine.FORWARD, ipc::forwardReply);
      case "SendWork" -> of(Routine.SEND, ipc::sendWork);
      case "Overwrite" -> {
        TrustWord word =
            model
                .words()
                .get(given.index("w", model.words().stream().map(TrustWord::text).toList()));
        Place place = Place.values()[given.index("c", TrustState.PLACES)];
        yield () -> Outcome.of(firmware.overwrite(word, place));
      }
      case "ClearCount" ->
          model.calls().contains(Routine.RUN)
              ? () -> Outcome.REFUSED
              : of(Routine.FREE, firmware::clearCount);
      default ->
          throw new BindingException("KernelTrust has no action '" + action + "' to perform");
    };
  }

  /** An operation of a routine, which is refused in a model where that routine does not run. */
  private Operation of(Routine routine, BooleanSupplier step) {
    return model.calls().contains(routine)
        ? () -> Outcome.of(step.getAsBoolean())
        : () -> Outcome.REFUSED;
  }

  private static Routine routine(NamedValues given) {
    Routine[] routines = Routine.values();
    return routines[given.index("c", Arrays.stream(routines).map(Routine::text).toList())];
  }

  @Override
  public Value[] state() {
    return TrustState.read(model, firmware);
  }

  @Override
  public String lastFault() {
    return firmware.run().lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return TrustPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return TrustThreadPicture.draw(firmware);
  }
}
