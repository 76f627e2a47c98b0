package io.ringfence.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.heap.HeapDump;

/** The state of a chunk heap as the corpus writes it. */
final class HeapView {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private HeapView() {}

  static ObjectNode of(HeapDump dump) {
    ObjectNode view = MAPPER.createObjectNode();
    view.set("chunks", MAPPER.valueToTree(dump.chunks()));
    view.set("buckets", MAPPER.valueToTree(dump.buckets()));
    if (dump.walkBroken() != null) {
      view.put("walk_broken", dump.walkBroken());
    }
    if (!dump.badLeft().isEmpty()) {
      view.set("bad_left", MAPPER.valueToTree(dump.badLeft()));
    }
    if (dump.statistics() != null) {
      view.set("stats", MAPPER.valueToTree(dump.statistics()));
    }
    return view;
  }
}
