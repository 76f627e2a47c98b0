package io.ringfence.firmware.objects;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** The handles that are stored in user memory, in the structures of the LL scheduler. */
public enum Handle {
  /** {@code ll_schedule_domain.lock}. */
  DOMAIN(ObjectType.MUTEX),
  /** {@code zephyr_domain.timer}. */
  TIMER(ObjectType.TIMER),
  /** {@code zephyr_ll.lock}. */
  LOCK(ObjectType.MUTEX),
  /** {@code domain_thread[0].sem}. */
  TICK0(ObjectType.SEM),
  /** {@code domain_thread[1].sem}. */
  TICK1(ObjectType.SEM),
  /** {@code zephyr_ll_pdata.sem_p}. */
  SEM(ObjectType.SEM);

  /** All handles, one after the other. */
  static final Struct STRUCT = layout();

  private final ObjectType type;

  Handle(ObjectType type) {
    this.type = type;
  }

  private static Struct layout() {
    Struct.Builder layout = Struct.define("handles");
    for (Handle handle : values()) {
      layout.pointer(handle.name());
    }
    return layout.build();
  }

  /** What it leads to. */
  public ObjectType type() {
    return type;
  }

  Field field() {
    return STRUCT.fields().get(ordinal());
  }
}
