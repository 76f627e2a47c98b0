package io.ringfence.verify;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.conform.Conformance;
import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes and reads {@code run.json}. */
public final class RunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Conformance.Difference.class, WithoutTrace.class)
          .addMixIn(Replay.class, WithoutDerived.class)
          .addMixIn(Replay.Step.class, WithoutDerived.class)
          .addMixIn(ActionCall.class, AsText.class)
          .build();

  /** A trace is written as an ITF file of its own. */
  private abstract static class WithoutTrace {
    @JsonIgnore
    abstract Trace trace();
  }

  /** What can be computed from the rest is not written. */
  @JsonAutoDetect(
      getterVisibility = JsonAutoDetect.Visibility.NONE,
      isGetterVisibility = JsonAutoDetect.Visibility.NONE)
  private abstract static class WithoutDerived {}

  /** An action is written as it reads in the spec. */
  private abstract static class AsText {
    @com.fasterxml.jackson.annotation.JsonValue
    @Override
    public abstract String toString();
  }

  private RunJson() {}

  /** The record as JSON text. */
  public static String text(RunRecord run) {
    try {
      return MAPPER.writeValueAsString(run) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the record of the run cannot be written as JSON", e);
    }
  }

  /** Writes the record, all or nothing. */
  public static void write(RunRecord run, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "run", ".json.draft");
    try {
      Files.writeString(draft, text(run));
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Reads a record as a tree, for tools that look at some of it. */
  public static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }
}
