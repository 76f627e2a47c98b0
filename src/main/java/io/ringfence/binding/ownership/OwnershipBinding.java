package io.ringfence.binding.ownership;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.boot.Firmware;
import io.ringfence.machine.Snapshot;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The firmware's scheduler registry, bound to {@code spec/SchedulerOwnership.tla}. The spec chooses
 * the user types in its initial state, so there is one firmware build for each choice.
 */
public final class OwnershipBinding implements BoundFirmware {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = OwnershipModel.CONSTANTS;

  private final OwnershipModel model;
  private final OwnershipActions actions;
  private final Map<Set<SchedulerType>, Build> builds = new HashMap<>();
  private @Nullable Build current;

  /** One firmware with its names and its abstraction. */
  private static final class Build {
    private final Firmware firmware;
    private final OwnershipNames names;
    private final OwnershipState state;
    private final Snapshot booted;
    private final long number;

    Build(OwnershipModel model, Set<SchedulerType> userTypes) {
      this.firmware = new Firmware(model.firmware(userTypes));
      this.names = new OwnershipNames(model, firmware);
      this.state = new OwnershipState(model, firmware, names);
      this.booted = firmware.ram().snapshot();
      this.number = userTypes.stream().mapToLong(type -> 1L << type.ordinal()).sum();
    }
  }

  private record Point(Build build, Snapshot snapshot) implements Checkpoint {}

  private OwnershipBinding(OwnershipModel model) {
    this.model = model;
    this.actions = new OwnershipActions(model, () -> build().firmware, () -> build().names);
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static OwnershipBinding open(Map<String, Value> constants, Switches switches) {
    return new OwnershipBinding(OwnershipModel.read(constants, switches));
  }

  @Override
  public List<String> variables() {
    return OwnershipState.VARIABLES;
  }

  @Override
  public boolean start(Value[] values) {
    if (!(values[0] instanceof SetValue chosen)) {
      return false;
    }
    Set<SchedulerType> userTypes = EnumSet.noneOf(SchedulerType.class);
    for (Value type : chosen.elements()) {
      if (!(type instanceof StringValue name)) {
        return false;
      }
      userTypes.add(OwnershipModel.type(name.value()));
    }
    Build build = builds.computeIfAbsent(userTypes, types -> new Build(model, types));
    build.firmware.ram().restore(build.booted);
    current = build;
    return true;
  }

  private Build build() {
    if (current == null) {
      throw new IllegalStateException("the firmware was not started in an initial state");
    }
    return current;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    return actions.resolve(action, arguments);
  }

  @Override
  public Value[] state() {
    return build().state.read();
  }

  @Override
  public long ramHash() {
    Build build = build();
    // Images of different builds are different images, whatever their content.
    return build.firmware.ram().contentHash() + build.number * 0x9E3779B97F4A7C15L;
  }

  @Override
  public Checkpoint checkpoint() {
    Build build = build();
    return new Point(build, build.firmware.ram().snapshot());
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    Point point = (Point) checkpoint;
    current = point.build();
    point.build().firmware.ram().restore(point.snapshot());
  }

  @Override
  public String lastFault() {
    return current == null ? "" : current.firmware.lastFault();
  }

  @Override
  public MemoryPicture picture() {
    return new OwnershipPicture(model, build().firmware, build().names).draw();
  }

  @Override
  public ThreadPicture threads() {
    return new OwnershipThreads(model, build().firmware, build().names).draw();
  }
}
