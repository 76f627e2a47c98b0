package io.ringfence.binding.component;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.component.ComponentFirmware;
import io.ringfence.firmware.component.ComponentView;
import io.ringfence.firmware.schedule.Task;

/** What the spec calls what a debugger sees. */
final class ComponentNames {
  private ComponentNames() {}

  static String component(ComponentView view) {
    return switch (view.state()) {
      case 0 -> "none";
      case ComponentView.READY -> "READY";
      case ComponentView.PREPARE -> "PREPARE";
      case ComponentView.ACTIVE -> "ACTIVE";
      default -> "state " + view.state();
    };
  }

  static String task(ComponentView view, int task) {
    return switch (view.stateOf(task)) {
      case Task.STATE_INIT -> "INIT";
      case Task.STATE_QUEUED -> "QUEUED";
      case Task.STATE_RUNNING -> "RUNNING";
      case Task.STATE_CANCEL -> "CANCEL";
      case Task.STATE_FREE -> "FREE";
      default -> "state " + view.stateOf(task);
    };
  }

  /** Both buffers are allocated, and freed, together. */
  static String buffers(ComponentView view) {
    if (view.inputBuffers() == 0) {
      return "none";
    }
    return view.isAllocated(view.inputBuffers()) ? "live" : "freed";
  }

  static String result(ComponentView view) {
    return switch (view.result()) {
      case 0 -> "ok";
      case ComponentFirmware.NONE -> "-";
      case ComponentFirmware.FAULT -> "fault";
      case ComponentFirmware.INVALID_FREE -> "invalid free";
      case -Errno.EINVAL -> "EINVAL";
      case -Errno.ENOMEM -> "ENOMEM";
      default -> "error " + view.result();
    };
  }
}
