package io.ringfence.firmware.component;

import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code struct comp_dev}, as far as it is of interest here: SOF component.h, 12dd726529. */
final class CompDev {
  private static final Struct.Builder LAYOUT = Struct.define("comp_dev");

  /** {@code COMP_STATE_READY}. */
  static final int STATE_READY = 2;

  /** {@code COMP_STATE_PREPARE}. */
  static final int STATE_PREPARE = 4;

  /** {@code COMP_STATE_ACTIVE}. */
  static final int STATE_ACTIVE = 6;

  /** State of the component. */
  static final Field STATE = LAYOUT.u16("state");

  /** The core that it runs on. */
  static final Field CORE = LAYOUT.u16("ipc_config.core");

  /** The task that copies, or 0. */
  static final Field TASK = LAYOUT.pointer("task");

  /** The module behind it, or 0. */
  static final Field MOD = LAYOUT.pointer("mod");

  /** The whole structure. */
  static final Struct STRUCT = LAYOUT.build();

  private CompDev() {}
}
