package io.ringfence.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a scenario asks for, it is performed, or refused in words: a step may come twice, too
 * early or never, with any size, on any thread, of any other scenario about the same.
 */
class EditedScenarioProperties {
  private static final long[] SIZES = {
    0, 1, 7, 8, 24, 63, 64, 65, 100, 4095, 4096, 65536, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL
  };

  private static final List<Scenario> RECORDED =
      Stream.of("oracle", "oracle-heap").flatMap(EditedScenarioProperties::read).toList();

  private static Stream<Scenario> read(String folder) {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources", folder))) {
      List<Scenario> scenarios = new ArrayList<>();
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
        scenarios.add(Scenario.read(file));
      }
      return scenarios.stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Property(tries = 500)
  void everyEditedScenarioIsPerformedOrRefusedInWords(@ForAll long seed) {
    Random random = new Random(seed);
    Scenario recorded = RECORDED.get(random.nextInt(RECORDED.size()));
    List<JsonNode> steps = new ArrayList<>(recorded.steps());
    for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
      edit(steps, recorded, random);
    }
    Scenario edited =
        new Scenario(
            recorded.file(),
            recorded.name(),
            recorded.subject(),
            ((ObjectNode) recorded.json().deepCopy())
                .set("steps", JsonNodeFactory.instance.arrayNode().addAll(steps)),
            recorded.config(),
            steps,
            List.of());
    assertThatCode(() -> perform(edited)).as(steps.toString()).doesNotThrowAnyException();
  }

  private static void perform(Scenario scenario) {
    try {
      Board board = Boards.open(scenario);
      for (JsonNode step : scenario.steps()) {
        ObjectNode seen = board.perform(step, JsonNodeFactory.instance.objectNode());
        if (seen.hasNonNull("fault")) {
          return;
        }
      }
    } catch (ScenarioFormatException e) {
      // A thread that is not idle, a heap that was never made: it says so.
    }
  }

  private static void edit(List<JsonNode> steps, Scenario recorded, Random random) {
    int at = random.nextInt(steps.size());
    switch (random.nextInt(4)) {
      case 0 -> steps.add(random.nextInt(steps.size() + 1), steps.get(at));
      case 1 -> steps.add(at, anyStep(recorded.subject(), random));
      case 2 -> {
        if (steps.size() > 1) {
          steps.remove(at);
        }
      }
      default -> {
        JsonNode other = anyStep(recorded.subject(), random);
        ObjectNode step = steps.get(at).deepCopy();
        for (Map.Entry<String, JsonNode> member : other.properties()) {
          if (!member.getKey().equals("op") && step.has(member.getKey())) {
            step.set(
                member.getKey(),
                member.getValue().isIntegralNumber()
                    ? JsonNodeFactory.instance.numberNode(SIZES[random.nextInt(SIZES.length)])
                    : member.getValue());
          }
        }
        steps.set(at, step);
      }
    }
  }

  private static JsonNode anyStep(String subject, Random random) {
    List<Scenario> alike =
        RECORDED.stream().filter(scenario -> scenario.subject().equals(subject)).toList();
    List<JsonNode> steps = alike.get(random.nextInt(alike.size())).steps();
    return steps.get(random.nextInt(steps.size()));
  }
}
