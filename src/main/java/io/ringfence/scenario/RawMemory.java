package io.ringfence.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ringfence.machine.Ram;

/** The steps {@code fill} and {@code bytes}: memory as a debugger writes and reads it. */
final class RawMemory {
  private final Scenario scenario;
  private final Ram ram;

  RawMemory(Scenario scenario, Ram ram) {
    this.scenario = scenario;
    this.ram = ram;
  }

  /** Stores {@code value} into {@code count} bytes. */
  void fill(JsonNode step, int address) {
    ram.fill(address, count(step, address), step.path("value").asInt());
  }

  /** Appends {@code count} bytes. */
  void bytes(JsonNode step, int address, ArrayNode bytes) {
    int count = count(step, address);
    for (int i = 0; i < count; i++) {
      bytes.add(ram.load8(address + i));
    }
  }

  private int count(JsonNode step, int address) {
    long count = step.path("count").asLong();
    if (count < 0 || count > ram.size() || !ram.contains(address, (int) count)) {
      throw new ScenarioFormatException(
          String.format(
              "%s: there is no memory of %d bytes at 0x%08x in %s",
              scenario.file(), count, address, step),
          null);
    }
    return (int) count;
  }
}
