package io.ringfence.junit;

import static io.ringfence.junit.JUnitRun.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reported of a model that TLC can judge. */
@Timeout(180)
class ModelCheckTest {
  private static final String HERE = "io/ringfence/junit/";
  private static final String TLC = "src/test/resources/tlc/";
  private static final String EXPLORED = ModelCheck.EXPLORATION;
  private static final String ACTIONS = ModelCheck.ACTIONS;

  private static Map<String, String> messages(Class<?> testClass) {
    return JUnitRun.of(testClass).messages("check");
  }

  static class Sale {
    @ModelCheck(spec = HERE + "TicketSale.tla")
    void check() {}
  }

  @Test
  void thereIsATestForEachPropertyAndOneForTheRest() {
    Map<String, String> messages = messages(Sale.class);

    assertThat(messages.keySet())
        .containsExactly(
            "TypeInv", "NoOversaleInv", "NoReturnProp", "SoldOutProp", EXPLORED, ACTIONS);
    assertThat(messages.values()).containsOnly(PASSED);
  }

  static class HastySale {
    @ModelCheck(
        spec = HERE + "TicketSale.tla",
        config = HERE + "TicketSaleBroken.cfg",
        neverTaken = "Refuse")
    void check() {}
  }

  @Test
  void aCounterexampleHasAColumnForEachThreadAndSaysWhereItGoesBack() {
    assertThat(messages(HastySale.class))
        .containsExactly(
            Map.entry("TypeInv", PASSED),
            Map.entry(
                "NoOversaleInv",
                """
                NoOversaleInv is violated in io/ringfence/junit/TicketSale.tla with \
                io/ringfence/junit/TicketSaleBroken.cfg:

                step  ann        ben        changes
                   0                        clerk = [ann |-> "idle", ben |-> "idle"]
                                            sold = 0
                   1  Look(ann)             clerk.ann: "idle" -> "selling"
                   2             Look(ben)  clerk.ben: "idle" -> "selling"
                   3  Sell(ann)             clerk.ann: "selling" -> "idle"
                                            sold: 0 -> 1
                   4             Sell(ben)  clerk.ben: "selling" -> "idle"
                                            sold: 1 -> 2"""),
            Map.entry("NoReturnProp", PASSED),
            Map.entry(
                "SoldOutProp",
                """
                SoldOutProp is violated in io/ringfence/junit/TicketSale.tla with \
                io/ringfence/junit/TicketSaleBroken.cfg:

                step  ann          ben          changes
                   0                            clerk = [ann |-> "idle", ben |-> "idle"]
                                                sold = 0
                   1               Leave(ben)   clerk.ben: "idle" -> "away"
                   2               Return(ben)  clerk.ben: "away" -> "idle"
                   3  Leave(ann)                clerk.ann: "idle" -> "away"
                   4  Return(ann)               clerk.ann: "away" -> "idle"
                back to step 0, for ever"""),
            Map.entry(EXPLORED, PASSED),
            Map.entry(ACTIONS, PASSED));
  }

  static class Stuttering {
    @ModelCheck(spec = TLC + "StutteringProperty.tla")
    void check() {}
  }

  @Test
  void aBehaviorCanEndInThatNothingHappens() {
    assertThat(messages(Stuttering.class))
        .containsEntry(
            "LiveProp",
            """
            LiveProp is violated in src/test/resources/tlc/StutteringProperty.tla with \
            src/test/resources/tlc/StutteringProperty.cfg:

            step  action  changes
               0          x = 0
                          y = 0
               1  Step    x: 0 -> 1
               2  Step    x: 1 -> 2
               3  Step    x: 2 -> 3
            after step 3 nothing happens, for ever""");
  }

  static class Deadlock {
    @ModelCheck(spec = HERE + "LightSwitch.tla")
    void check() {}
  }

  @Test
  void aDeadlockLeavesThePropertiesTheirOwnVerdicts() {
    Map<String, String> messages = messages(Deadlock.class);

    assertThat(messages)
        .containsEntry("KnownInv", PASSED)
        .containsEntry("StaysOnProp", PASSED)
        .containsEntry(
            EXPLORED,
            """
            TLC did not explore all states of io/ringfence/junit/LightSwitch.tla with \
            io/ringfence/junit/LightSwitch.cfg. Deadlock reached. If the model may end there, set \
            deadlock = false.

            step  action    changes
               0            light = "off"
               1  SwitchOn  light: "off" -> "on\"""");
    assertThat(messages.get("OffInv")).startsWith("OffInv is violated in ");
  }

  static class Unnamed {
    @ModelCheck(spec = HERE + "Lamp.tla")
    void check() {}
  }

  @Test
  void aCounterexampleIsShownAlsoIfTheActionsAreHidden() {
    assertThat(messages(Unnamed.class).get("DarkInv"))
        .startsWith(
            """
            DarkInv is violated in io/ringfence/junit/Lamp.tla with io/ringfence/junit/Lamp.cfg:

            step  action       changes
               0               lamp = "off"
               1  Switch!Next  lamp: "off" -> "on"
            (The arguments of the actions are not known: The action Switch!Next at line 7, \
            col 1 to line 7, col 49 of module Lamp hides a choice between actions,""");
  }

  static class Expected {
    @ModelCheck(
        spec = HERE + "LightSwitch.tla",
        deadlock = false,
        expect = {"OffInv", "KnownInv", "DimInv"})
    void check() {}
  }

  @Test
  void aViolationThatIsExpectedPassesAndOneInVainFails() {
    assertThat(messages(Expected.class))
        .containsExactly(
            Map.entry("OffInv", PASSED),
            Map.entry(
                "KnownInv",
                "KnownInv holds in io/ringfence/junit/LightSwitch.tla with"
                    + " io/ringfence/junit/LightSwitch.cfg, and is expected to be violated. If that"
                    + " was repaired, remove it from expect of @ModelCheck."),
            Map.entry("StaysOnProp", PASSED),
            Map.entry(
                "DimInv",
                "DimInv is expected to be violated, and io/ringfence/junit/LightSwitch.cfg does not"
                    + " list it as an INVARIANT or a PROPERTY."),
            Map.entry(EXPLORED, PASSED),
            Map.entry(ACTIONS, PASSED));
  }

  static class DeadAction {
    @ModelCheck(spec = HERE + "Candle.tla")
    void check() {}
  }

  @Test
  void anActionThatIsNeverTakenFails() {
    assertThat(messages(DeadAction.class))
        .containsExactly(
            Map.entry("HeightInv", PASSED),
            Map.entry(EXPLORED, PASSED),
            Map.entry(
                ACTIONS,
                """
                Not every action is taken as expected in io/ringfence/junit/Candle.tla with \
                io/ringfence/junit/Candle.cfg, so that properties may hold only because nothing \
                happens:

                Saw (Candle.tla:13) is never taken. Correct what keeps it from happening, or add \
                "Saw" to neverTaken of @ModelCheck."""));
  }

  static class KnownDeadAction {
    @ModelCheck(
        spec = HERE + "Candle.tla",
        neverTaken = {"Saw", "Burn", "Melt"})
    void check() {}
  }

  @Test
  void whatIsSaidToBeNeverTakenHasToBeThereAndNeverTaken() {
    assertThat(messages(KnownDeadAction.class).get(ACTIONS))
        .endsWith(
            """
            :

            Burn is taken. Remove it from neverTaken of @ModelCheck.
            There is no action Melt. Correct neverTaken of @ModelCheck.""")
        .doesNotContain("Saw");
  }

  static class UncountedActions {
    @ModelCheck(spec = HERE + "Candle.tla", actionsTaken = false)
    void check() {}
  }

  @Test
  void actionsNeedNotBeCounted() {
    assertThat(messages(UncountedActions.class))
        .containsExactly(Map.entry("HeightInv", PASSED), Map.entry(EXPLORED, PASSED));
  }

  static class WithinAConstraint {
    @ModelCheck(
        spec = HERE + "Candle.tla",
        config = HERE + "CandleWithin.cfg",
        neverTaken = {"Saw", "Replace"})
    void check() {}
  }

  @Test
  void aConstraintIsNamedWhereNotAllStatesAreExplored() {
    assertThat(messages(WithinAConstraint.class))
        .containsExactly(
            Map.entry("HeightInv", PASSED),
            Map.entry(ModelCheck.EXPLORATION_WITHIN, PASSED),
            Map.entry(ACTIONS, PASSED));
  }

  static class CutBehavior {
    @ModelCheck(spec = HERE + "Candle.tla", config = HERE + "CandleCut.cfg")
    void check() {}
  }

  @Test
  void aTemporalPropertyIsNotDecidedWhereAConstraintCutsStates() {
    Map<String, String> messages = messages(CutBehavior.class);

    assertThat(messages.keySet())
        .containsExactly("HeightInv", "GrownProp", ModelCheck.EXPLORATION_WITHIN);
    assertThat(messages.get("GrownProp"))
        .startsWith("GrownProp was not decided in ")
        .contains("CandleCut.cfg: TLC can miss violations of temporal properties", "Upper");
  }

  static class Body {
    @ModelCheck(spec = HERE + "LightSwitch.tla", deadlock = false)
    void check() {
      Assertions.fail("the body ran");
    }
  }

  @Test
  void theBodyRunsUnlessTheTestHasFailed() {
    Map<String, String> messages = messages(Body.class);

    assertThat(messages.get("OffInv")).startsWith("OffInv is violated in ");
    assertThat(messages)
        .containsEntry("KnownInv", "the body ran")
        .containsEntry(EXPLORED, "the body ran");
  }

  static class ThreeAtATime {
    @ModelCheck(spec = HERE + "LightSwitch.tla")
    void light() {}

    @ModelCheck(spec = HERE + "LightSwitch.tla")
    void sameLight() {}

    @ModelCheck(spec = HERE + "Lamp.tla")
    void lamp() {}
  }

  @Test
  void modelsCanBeCheckedAtTheSameTime() {
    JUnitRun run = JUnitRun.parallel(ThreeAtATime.class);

    assertThat(run.messages("light")).hasSize(4).isEqualTo(run.messages("sameLight"));
    assertThat(run.messages("light").get(EXPLORED)).contains("Deadlock reached.");
    assertThat(run.messages("light").get("OffInv")).contains("SwitchOn");
    assertThat(run.messages("lamp").get("DarkInv")).contains("lamp: \"off\" -> \"on\"");
  }
}
