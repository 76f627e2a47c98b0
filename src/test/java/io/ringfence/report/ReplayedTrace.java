package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.binding.Switches;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.replay.Replay;
import io.ringfence.replay.Replayer;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A recorded trace, and what the firmware made of it. */
record ReplayedTrace(RecordedTrace recorded, Replay replay) {
  static ReplayedTrace of(String name) throws IOException {
    RecordedTrace recorded =
        RecordedTrace.read(Path.of("src/test/resources/traces/" + name + ".itf.json"));
    Replay replay =
        Replayer.replay(
            recorded.trace(),
            Bindings.open(recorded.spec(), recorded.constants(), Switches.NONE),
            true);
    assertThat(replay.reproduced()).isTrue();
    return new ReplayedTrace(recorded, replay);
  }

  ThreadPicture at(int step) {
    return Objects.requireNonNull(replay.steps().get(step).threads());
  }

  /** A thread in one line: what it does and why, its next step, its calls. */
  String lane(int step, String name) {
    Lane lane =
        at(step).lanes().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return lane.status() + "(" + lane.detail() + ") " + lane.label() + " " + lane.calls();
  }

  /** An object of the picture of the memory after a step. */
  MemoryObject object(int step, String name) {
    return objects(step).filter(object -> object.name().equals(name)).findFirst().orElseThrow();
  }

  /** The words of the picture of the memory after a step that are marked as its cause. */
  List<String> marked(int step) {
    return objects(step)
        .flatMap(object -> object.words().stream())
        .filter(Word::wrong)
        .map(word -> word.field() + " = " + word.value())
        .toList();
  }

  private Stream<MemoryObject> objects(int step) {
    return Objects.requireNonNull(replay.steps().get(step).memory()).regions().stream()
        .flatMap(region -> region.objects().stream())
        .flatMap(ReplayedTrace::withInside);
  }

  private static Stream<MemoryObject> withInside(MemoryObject object) {
    return Stream.concat(
        Stream.of(object), object.inside().stream().flatMap(ReplayedTrace::withInside));
  }

  /** Who holds the first lock. */
  String owner(int step) {
    return String.valueOf(at(step).locks().get(0).owner());
  }

  /** Who took each step but the first one. */
  List<String> actors() {
    LaneTable table = LaneTableBuilder.build(recorded.trace(), replay);
    return Objects.requireNonNull(table).rows().stream()
        .skip(1)
        .map(row -> row.actor() < 0 ? "outside" : table.columns().get(row.actor()).thread())
        .toList();
  }

  String diagram() {
    return Objects.requireNonNull(SequenceDiagram.of(recorded.trace(), replay)).text();
  }
}
