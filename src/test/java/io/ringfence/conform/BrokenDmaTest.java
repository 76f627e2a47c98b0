package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conformance check finds DMA system calls that do anything else than their specs. */
class BrokenDmaTest {
  private static final String CONFIG = "DmaSyscalls";
  private static final String CHANNELS = "DmaChannels";

  private static Conformance check(
      String spec, String config, Map<String, Value> changed, Switches switches) throws Exception {
    return Models.check("dma", spec, config, changed, switches);
  }

  private static Map<String, Value> text(String name, String value) {
    return Map.of(name, StringValue.of(value));
  }

  private static Map<String, Value> text(String name, String value, String other, String second) {
    return Map.of(name, StringValue.of(value), other, StringValue.of(second));
  }

  @Test
  void findsNothingInTheFirmwareAsItIs() throws Exception {
    assertThat(check(CONFIG, "DmaHistoric.ISO-2.cfg", Map.of(), Switches.NONE).difference())
        .isNull();
    assertThat(
            check(CHANNELS, "DmaChannelsInRange.ISO-10.cfg", Map.of(), Switches.NONE).difference())
        .isNull();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+R-60, Dma.cfg",
    "+R-67, DmaCopier.MEM-5.cfg",
    "+R-68, DmaEmpty.ISO-5.cfg",
    "+B-82, Dma.cfg",
    "+S-60, Dma.cfg",
    "-B-84, DmaHistoric.ISO-2.cfg"
  })
  void findsAnotherDesignOfTheConfiguration(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(CONFIG, config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource({
    "+O-56, DmaChannelsInRange.ISO-10.cfg",
    "+R-65, DmaChannelsInRange.ISO-10.cfg",
    "+S-61, DmaChannels.ISO-6.cfg"
  })
  void findsAnotherDesignOfTheChannels(String design, String config) throws Exception {
    Conformance.Difference difference =
        check(CHANNELS, config, Map.of(), Switches.parse(design)).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.lines()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({"WordSize, 96"})
  void findsAnotherSize(String constant, int value) throws Exception {
    assertThat(
            check(CONFIG, "Dma.cfg", Map.of(constant, IntValue.of(value)), Switches.NONE)
                .difference())
        .isNotNull();
  }

  @Test
  void findsAnotherTransfer() throws Exception {
    assertThat(check(CONFIG, "Dma.cfg", text("Honest", "p2m"), Switches.NONE).difference())
        .isNotNull();
  }

  @Test
  void findsAnotherNumberOfChannels() throws Exception {
    assertThat(
            check(
                    CHANNELS,
                    "DmaChannelsInRange.ISO-10.cfg",
                    Map.of("Channels", IntValue.of(2)),
                    Switches.NONE)
                .difference())
        .isNotNull();
  }

  private static BoundFirmware open(String spec, String config) throws Exception {
    try (Evaluator model = Models.open("dma", "MC" + spec, config)) {
      BoundFirmware firmware =
          Bindings.open(spec, Models.constants(model, Bindings.constants(spec)), Switches.NONE);
      firmware.start(new Value[0]);
      return firmware;
    }
  }

  private static void perform(BoundFirmware firmware, String action, Map<String, Value> arguments) {
    assertThat(firmware.resolve(action, arguments).perform()).isEqualTo(Outcome.DONE);
  }

  private static Word word(MemoryPicture picture, String object, String field) {
    return Models.object(picture, object).words().stream()
        .filter(word -> word.field().equals(field))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePictureShowsThePointerThatLeadsOutOfTheCopy() throws Exception {
    BoundFirmware firmware = open(CONFIG, "DmaHistoric.ISO-2.cfg");
    perform(firmware, "Call", text("d", "granted", "config", "cfg"));
    assertThat(word(firmware.picture(), "kern_cfg", "dma_callback").wrong()).isTrue();
    perform(firmware, "Alloc", Map.of());
    assertThat(Models.object(firmware.picture(), "k1").life()).isEqualTo(MemoryPicture.Life.RAW);
    perform(firmware, "CopyBlock", Map.of());
    perform(firmware, "ForgeNext", text("b", "b1", "p", "NULL"));
    assertThat(word(firmware.picture(), "b1", "next_block").userWritten()).isTrue();
    perform(firmware, "CheckBlock", Map.of());
    perform(firmware, "LinkBlock", Map.of());
    assertThat(word(firmware.picture(), "k1", "next_block").wrong()).isFalse();
    perform(firmware, "CopyBlock", Map.of());
    Word next = word(firmware.picture(), "k1", "next_block");
    assertThat(next.wrong()).isTrue();
    assertThat(next.target()).isEqualTo("b2");
  }

  @Test
  void thePictureShowsWhoUsesTheChannelOfAnother() throws Exception {
    BoundFirmware firmware = open(CHANNELS, "DmaChannels.ISO-5.cfg");
    perform(firmware, "Request", text("u", "a"));
    perform(firmware, "Start", Map.of("u", StringValue.of("b"), "n", IntValue.of(0)));
    Word driver = word(firmware.picture(), "channel 0", "driven by");
    assertThat(driver.value()).isEqualTo("b");
    assertThat(driver.wrong()).isTrue();
    perform(firmware, "Put", text("u", "b"));
    assertThat(word(firmware.picture(), "dma", "sref").wrong()).isTrue();
    perform(firmware, "WriteMailbox", text("u", "a", "alias", "cached"));
    assertThat(word(firmware.picture(), "hostbox cached", "message").wrong()).isTrue();
    assertThat(word(firmware.picture(), "hostbox uncached", "message").wrong()).isFalse();
  }

  @Test
  void refusesActionsArgumentsAndConstantsThatItDoesNotKnow() throws Exception {
    BoundFirmware config = open(CONFIG, "Dma.cfg");
    assertThatThrownBy(() -> config.resolve("Steal", Map.of()))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Steal");
    assertThatThrownBy(() -> config.resolve("ForgeHead", text("p", "b9")))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("b9");
    assertThatThrownBy(() -> config.resolve("ForgeDirection", text("d", "up")))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("up");
    BoundFirmware channels = open(CHANNELS, "DmaChannels.ISO-5.cfg");
    assertThatThrownBy(() -> channels.resolve("Steal", text("u", "a")))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Steal");
    assertThatThrownBy(() -> channels.resolve("Put", text("u", "z")))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("z");
    assertThatThrownBy(() -> check(CONFIG, "Dma.cfg", text("Honest", "p2p up"), Switches.NONE))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("Honest");
  }
}
