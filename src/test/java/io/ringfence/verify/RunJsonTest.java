package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is no record of a run is bad input, and the message says why. */
class RunJsonTest {
  @TempDir private Path folder;

  private static String current(String text) {
    return text.replace("SCHEMA", Integer.toString(RunRecord.SCHEMA));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                | has no 'schema'",
        "[1, 2]                            | has no 'schema'",
        "``                                | has no 'schema'",
        "{\"schema\": \"4\"}               | has no 'schema'",
        "{\"old\": [{\"a\": 1}], \"schema\": -3, \"new\": 1} | version -3",
        "{\"schema\": SCHEMA                    | ends too early",
        "{\"schema\": SCHEMA}                   | toolVersion",
        "not JSON                          | Unrecognized token"
      })
  void aFileThatIsNoRecordIsBadInput(String text, String said) throws IOException {
    Path file = Files.writeString(folder.resolve("run.json"), current(text));
    assertThatThrownBy(() -> RunJson.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(said);
  }

  @Test
  void aRecordWhoseListsAreNullIsBadInput() throws IOException {
    String text =
        """
        {"schema": SCHEMA, "toolVersion": "x", "command": [], "started": "", "seconds": 1,
         "environment": {}, "properties": [], "models": null,
         "catalogue": {"designs": {}, "properties": {}, "defects": {}, "notModelled": {}, "shownBy": {}},
         "sources": {"modules": {}, "findings": {}}}
        """;
    Path file = Files.writeString(folder.resolve("run.json"), current(text));
    assertThatThrownBy(() -> RunJson.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("models");
  }

  @Test
  void onlyTheLastRunCanBeMadeAgain() throws IOException {
    Path old = Files.writeString(folder.resolve("old.json"), "{\"schema\": 1}");
    String versions =
        old + ": has version 1 of the format (schema), and this program reads " + RunRecord.SCHEMA;

    assertThatThrownBy(() -> RunJson.read(old))
        .hasMessage(versions + "; run './ringfence verify' again");
    assertThatThrownBy(() -> RunJson.readEarlier(old))
        .hasMessage(versions + "; trends need a record that this version wrote");
    Path cut = Files.writeString(folder.resolve("cut.json"), "{\"schema\": " + RunRecord.SCHEMA);
    assertThatThrownBy(() -> RunJson.readEarlier(cut))
        .isInstanceOf(BadInputException.class)
        .hasMessageEndingWith("; trends need a record that this version wrote");
  }

  @Test
  void bytesThatAreNoTextAreBadInput() throws IOException {
    Path file = Files.write(folder.resolve("run.json"), new byte[] {(byte) 0xff, 0, 1, 2});
    assertThatThrownBy(() -> RunJson.read(file)).isInstanceOf(BadInputException.class);
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> RunJson.read(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("this is a folder; name a file");
  }
}
