package io.ringfence.tlc.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.tlc.TlaResources;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tells apart what TLC checks in different ways. */
class PropertyShapeTest {
  private static Map<String, PropertyShape> shapes(String module) throws IOException {
    return Evaluators.shapes(TlaResources.file(module + ".tla"), List.of(), TlaResources.tlcJar());
  }

  @Test
  void tellsStatesStepsAndBehaviorsApart() throws IOException {
    assertThat(shapes("Claims"))
        .containsEntry("TypeOK", PropertyShape.STATE)
        .containsEntry("NarrowInv", PropertyShape.STATE)
        .containsEntry("JunctionProp", PropertyShape.STEP)
        .containsEntry("InstanceProp", PropertyShape.STEP)
        .containsEntry("WalkProp", PropertyShape.SAFETY)
        .containsEntry("ArrivesProp", PropertyShape.BEHAVIOR)
        .containsEntry("Spec", PropertyShape.BEHAVIOR)
        .containsEntry("Next", PropertyShape.BEHAVIOR)
        .containsEntry("AlwaysProp", PropertyShape.BEHAVIOR)
        .doesNotContainKey("Limits");
  }

  @Test
  void knowsThatARefinementIsOfSteps() throws IOException {
    assertThat(shapes("Refined")).containsEntry("AbsSafe", PropertyShape.SAFETY);
  }

  @Test
  void saysWhichModuleCannotBeParsed() {
    assertThatThrownBy(() -> shapes("SyntaxError"))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("SyntaxError");
  }
}
