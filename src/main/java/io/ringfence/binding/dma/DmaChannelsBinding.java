package io.ringfence.binding.dma;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware.Target;
import io.ringfence.firmware.syscalls.dma.DmaThread;
import io.ringfence.firmware.syscalls.dma.HostBox.Alias;
import io.ringfence.firmware.syscalls.dma.SofDma;
import io.ringfence.machine.Field;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** References to DMA controllers and their channels, bound to {@code spec/DmaChannels.tla}. */
public final class DmaChannelsBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = DmaChannelsModel.CONSTANTS;

  private static final List<String> VARIABLES =
      List.of(
          "alive", "sref", "chan", "getting", "refs", "owner", "driver", "paused", "mailbox",
          "fault");
  private static final int LEAST_CHANNEL = -32;
  private static final int MOST_CHANNEL = 32;
  private static final List<String> TARGETS = List.of("own", "odd", "kernel");
  private static final List<String> ALIASES = List.of("cached", "uncached");

  private final DmaChannelsModel model;
  private final DmaChannelsFirmware firmware;

  private DmaChannelsBinding(DmaChannelsModel model, DmaChannelsFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static DmaChannelsBinding open(Map<String, Value> constants, Switches switches) {
    DmaChannelsModel model = DmaChannelsModel.read(constants, switches);
    return new DmaChannelsBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    if (action.equals("WriteBack")) {
      return () -> Outcome.of(firmware.writeBack());
    }
    int user = given.index("u", model.users());
    return switch (action) {
      case "Get" -> () -> Outcome.of(firmware.get(user));
      case "GetReturns" -> () -> Outcome.of(firmware.getReturns(user));
      case "Put" -> () -> Outcome.of(firmware.put(user));
      case "Request" -> () -> Outcome.of(firmware.request(user));
      case "Release" -> onChannel(given, channel -> firmware.release(user, channel));
      case "Start" -> onChannel(given, channel -> firmware.start(user, channel));
      case "Stop" -> onChannel(given, channel -> firmware.stop(user, channel));
      case "Suspend" -> onChannel(given, channel -> firmware.suspend(user, channel));
      case "Resume" -> onChannel(given, channel -> firmware.resume(user, channel));
      case "Reload" -> onChannel(given, channel -> firmware.reload(user, channel));
      case "GetStatus" -> {
        Target target = target(given);
        yield () -> Outcome.of(firmware.getStatus(user, target));
      }
      case "GetAttribute" -> {
        Target target = target(given);
        yield () -> Outcome.of(firmware.getAttribute(user, 0, target));
      }
      case "WriteMailbox" -> {
        Alias alias = Alias.values()[given.index("alias", ALIASES)];
        yield () -> Outcome.of(firmware.writeMailbox(user, alias));
      }
      default ->
          throw new BindingException(
              "DmaChannels has no action '"
                  + action
                  + "'; it has Get, GetReturns, Put, Request,"
                  + " Release, Start, Stop, Suspend, Resume, Reload, GetStatus, GetAttribute,"
                  + " WriteMailbox and WriteBack");
    };
  }

  private static Operation onChannel(NamedValues given, IntPredicate call) {
    int channel = given.number("n", LEAST_CHANNEL, MOST_CHANNEL);
    return () -> Outcome.of(call.test(channel));
  }

  private static Target target(NamedValues given) {
    return Target.values()[given.index("p", TARGETS)];
  }

  @Override
  public Value[] state() {
    return new Value[] {
      threads(firmware::isAlive),
      IntValue.of(firmware.controller(SofDma.SREF)),
      BoolValue.of(firmware.controller(SofDma.CHAN) != 0),
      threadsWith(DmaThread.GETTING),
      threadsWith(DmaThread.REFERENCE),
      channels(channel -> thread(firmware.owner(channel))),
      channels(channel -> thread(firmware.driver(channel))),
      channels(channel -> BoolValue.of(firmware.isPaused(channel))),
      Values.record(Map.of("cached", writer(Alias.CACHED), "uncached", writer(Alias.UNCACHED))),
      BoolValue.of(firmware.fault() != Why.NOTHING)
    };
  }

  private Value threadsWith(Field field) {
    return threads(thread -> firmware.thread(thread, field) != 0);
  }

  private Value threads(IntPredicate contains) {
    List<Value> members = new ArrayList<>();
    for (int thread = 0; thread < model.users().size(); thread++) {
      if (contains.test(thread)) {
        members.add(StringValue.of(model.users().get(thread)));
      }
    }
    return SetValue.of(members);
  }

  private Value channels(IntFunction<Value> valueOf) {
    Map<Value, Value> channels = new LinkedHashMap<>();
    for (int channel = 0; channel < model.channels(); channel++) {
      channels.put(IntValue.of(channel), valueOf.apply(channel));
    }
    return Values.function(channels);
  }

  private Value thread(int thread) {
    return StringValue.of(thread < 0 ? "-" : model.users().get(thread));
  }

  private Value writer(Alias alias) {
    return StringValue.of(firmware.board().hostBox().isForged(alias) ? "user" : "host");
  }

  @Override
  public String lastFault() {
    return firmware.lastError();
  }

  @Override
  public MemoryPicture picture() {
    return DmaChannelsPicture.draw(model, firmware);
  }

  @Override
  public ThreadPicture threads() {
    return DmaChannelsThreadPicture.draw(model, firmware);
  }
}
