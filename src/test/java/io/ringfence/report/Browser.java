package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Headless Chromium.
 *
 * @param folder where it keeps its files
 */
record Browser(Path program, Path folder) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** Finds the program on the PATH. */
  static Optional<Path> find() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a page, lets its scripts run, and returns the document as it is then. */
  Document open(String address, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--allow-file-access-from-files",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=4000",
            "--dump-dom"));
    command.addAll(List.of(options));
    command.add(address);
    Path output = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    assertThat(process.exitValue()).isZero();
    return Jsoup.parse(output);
  }

  /** Opens a page in a frame of a given width and lets a script look at it. */
  String inFrame(String address, int width, String script, String... options)
      throws IOException, InterruptedException {
    Path wrapper = folder.resolve("wrapper.html");
    Files.writeString(
        wrapper,
        """
        <!doctype html><meta name="color-scheme" content="light dark">
        <iframe id="frame" style="border:0;width:%dpx;height:900px" src="%s"></iframe>
        <pre id="result"></pre>
        <script>
        const frame = document.getElementById("frame");
        frame.onload = () => {
          const view = frame.contentWindow, page = frame.contentDocument;
          document.getElementById("result").textContent = String((() => { %s })());
        };
        </script>
        """
            .formatted(width, address, script));
    return open(wrapper.toUri().toString(), options).getElementById("result").text();
  }
}
