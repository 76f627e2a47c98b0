package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.firmware.SchedulerType;

/** Types of schedulers as scenarios write them: by name, or by number where there is no name. */
final class Types {
  private Types() {}

  static int parse(JsonNode node, SchedulerType otherwise) {
    if (node.isMissingNode()) {
      return otherwise.ordinal();
    }
    if (node.isInt()) {
      return node.asInt();
    }
    for (SchedulerType type : SchedulerType.values()) {
      if (type.name().equals(node.asText())) {
        return type.ordinal();
      }
    }
    throw new BadStepException("there is no type of scheduler " + node);
  }

  static String name(int type) {
    SchedulerType[] types = SchedulerType.values();
    return type >= 0 && type < types.length ? types[type].name() : Integer.toString(type);
  }
}
