package io.ringfence.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.tlc.directory.OwnDirectory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Headless Chromium, driven by its DevTools protocol: no driver is needed that has to fit its
 * version, and keys and clicks are those of a person. One browser serves all tests.
 */
final class Browser {
  /** What a test says that is skipped. */
  static final String MISSING =
      "there is no Chromium on the PATH: the pages were not looked at in a browser";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long PATIENCE = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Browser shared;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<String, JsonNode>> listeners = new ConcurrentHashMap<>();

  private Browser(Process process, URI address) throws InterruptedException {
    this.process = process;
    this.socket =
        await(
            HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(PATIENCE))
                .buildAsync(address, new Listener()));
  }

  /** Finds the program on the PATH, and says so if it is not there. */
  static Optional<Path> find() {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println("Browser tests are skipped: " + MISSING);
    }
    return found;
  }

  /** The browser, started by the first test that needs it. */
  static synchronized Browser get() throws IOException, InterruptedException {
    if (shared == null) {
      shared = start(find().orElseThrow());
      Runtime.getRuntime().addShutdownHook(new Thread(shared::end));
    }
    return shared;
  }

  private static Browser start(Path program) throws IOException, InterruptedException {
    Path profile = OwnDirectory.create("ringfence-browser-").path();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!Files.isRegularFile(port) || Files.readAllLines(port).size() < 2) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        process.destroyForcibly();
        throw new IOException(program + " does not start");
      }
      Thread.sleep(50);
    }
    List<String> lines = Files.readAllLines(port);
    return new Browser(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Opens an empty tab. */
  Tab tab() throws InterruptedException {
    String target =
        call("", "Target.createTarget", object().put("url", "about:blank"))
            .get("targetId")
            .asText();
    String session =
        call("", "Target.attachToTarget", object().put("targetId", target).put("flatten", true))
            .get("sessionId")
            .asText();
    Tab tab = new Tab(this, session, target);
    listeners.put(session, tab::event);
    tab.enable();
    return tab;
  }

  /** Closes a tab. */
  void close(String session, String target) throws InterruptedException {
    listeners.remove(session);
    call("", "Target.closeTarget", object().put("targetId", target));
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Sends a command to a tab, or without a session to the browser, and waits for its result. */
  JsonNode call(String session, String method, ObjectNode parameters) throws InterruptedException {
    int id = sent.incrementAndGet();
    ObjectNode message = object().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    synchronized (socket) {
      await(socket.sendText(message.toString(), true));
    }
    JsonNode result = await(answer);
    if (result.has("error")) {
      throw new AssertionError(method + ": " + result.get("error"));
    }
    return result.get("result");
  }

  static <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the browser does not answer", e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        received(text);
      }
      from.request(1);
      return null;
    }
  }

  private void received(String text) {
    JsonNode message;
    try {
      message = MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
    } else {
      BiConsumer<String, JsonNode> listener = listeners.get(message.path("sessionId").asText());
      if (listener != null) {
        listener.accept(message.get("method").asText(), message.get("params"));
      }
    }
  }
}
