package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where hooks stand. */
class HooksTest {
  private static final Path SPECS = Path.of("spec");
  private static final Pattern EXTENDS = Pattern.compile("(?m)^EXTENDS (.*)$");

  private static Stream<String> specs() {
    return CTestSource.specs().stream();
  }

  /** The text of a module and of those that it extends. */
  private static String text(String module) throws IOException {
    Path file = SPECS.resolve(module + ".tla");
    if (!Files.exists(file)) {
      return "";
    }
    String text = Files.readString(file);
    StringBuilder all = new StringBuilder(text);
    var matcher = EXTENDS.matcher(text);
    while (matcher.find()) {
      for (String extended : matcher.group(1).split(",", -1)) {
        all.append(text(extended.strip()));
      }
    }
    return all.toString();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyLabelIsAnActionOfTheSpec(String spec) throws IOException {
    String text = text(spec);
    assertThat(text).isNotEmpty();
    Set<String> unknown = new TreeSet<>();
    for (String label : Hooks.of(spec).labels()) {
      if (!Pattern.compile("(?m)^" + label + "(\\([^)]*\\))? *==").matcher(text).find()) {
        unknown.add(label);
      }
    }
    assertThat(unknown).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyPlaceIsInAFunction(String spec) {
    Hooks hooks = Hooks.of(spec);
    assertThat(hooks.places(hooks.labels()))
        .hasSameSizeAs(hooks.labels())
        .allMatch(line -> line.matches("[* ] \\w+: .+, .*(before|when) .+"));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void aPlaceThatIsNotKnownIsNotMadeUp(String spec) {
    assertThatThrownBy(() -> Hooks.of(spec).places(Set.of("Z9_Nowhere")))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("Z9_Nowhere");
  }
}
