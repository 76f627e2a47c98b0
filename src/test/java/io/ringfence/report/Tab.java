package io.ringfence.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A tab of a browser, and what went wrong in it. */
final class Tab {
  private static final Map<String, Integer> KEYS =
      Map.of(
          "Tab",
          9,
          "Enter",
          13,
          "Escape",
          27,
          "End",
          35,
          "Home",
          36,
          "ArrowLeft",
          37,
          "ArrowUp",
          38,
          "ArrowRight",
          39,
          "ArrowDown",
          40);

  private final Browser browser;
  private final String session;
  private final String target;
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
  private volatile String address = "";

  Tab(Browser browser, String session, String target) {
    this.browser = browser;
    this.session = session;
    this.target = target;
  }

  void enable() throws InterruptedException {
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Browser.object());
    }
  }

  void event(String method, JsonNode event) {
    switch (method) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Page.javascriptDialogOpening" -> problems.add("dialog: " + event);
      case "Runtime.exceptionThrown" -> problems.add("exception: " + event);
      case "Runtime.consoleAPICalled" -> problems.add("console: " + event);
      case "Log.entryAdded" -> problems.add("log: " + event);
      case "Network.requestWillBeSent" -> requested(event.get("request").get("url").asText());
      default -> {}
    }
  }

  private void requested(String url) {
    if (!url.equals(address)) {
      problems.add("request: " + url);
    }
  }

  private JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    return browser.call(session, method, parameters);
  }

  /** Dialogs, exceptions, messages on the console and requests beyond the page itself, so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Makes the window so wide. */
  Tab wide(int width) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Browser.object()
            .put("width", width)
            .put("height", 900)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    return this;
  }

  /** Has the reader prefer a color scheme, {@code light} or {@code dark}. */
  Tab prefers(String scheme) throws InterruptedException {
    return emulates("", scheme);
  }

  /** Shows the page as it is printed. */
  Tab printed() throws InterruptedException {
    return emulates("print", "light");
  }

  private Tab emulates(String media, String scheme) throws InterruptedException {
    ObjectNode parameters = Browser.object().put("media", media);
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    call("Emulation.setEmulatedMedia", parameters);
    return this;
  }

  /** Opens a page, or another place on the same one. */
  Tab open(Path page) throws InterruptedException {
    return open(page.toUri().toString());
  }

  /** Opens an address, and waits until the page is loaded. */
  Tab open(String page) throws InterruptedException {
    loaded = new CompletableFuture<>();
    address = page.split("#", 2)[0];
    JsonNode opened = call("Page.navigate", Browser.object().put("url", page));
    if (opened.has("errorText")) {
      throw new AssertionError(page + ": " + opened.get("errorText"));
    }
    if (opened.has("loaderId")) {
      Browser.await(loaded);
    }
    return this;
  }

  /** What a function body returns in the page, as text; it may await. */
  String run(String body) throws InterruptedException {
    return value("(async () => { " + body + " })()");
  }

  /** The value of an expression in the page, as text. */
  String value(String expression) throws InterruptedException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Browser.object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value").asText();
  }

  /** The document as it is now. */
  Document document() throws InterruptedException {
    return Jsoup.parse(value("document.documentElement.outerHTML"));
  }

  /** Presses keys, one after the other. */
  Tab press(String... keys) throws InterruptedException {
    for (String key : keys) {
      ObjectNode event = Browser.object().put("type", "keyDown").put("key", key);
      Integer code = KEYS.get(key);
      if (code == null) {
        event.put("text", key);
      } else {
        event.put("windowsVirtualKeyCode", code);
      }
      call("Input.dispatchKeyEvent", event);
      event.remove("text");
      call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }
    return this;
  }

  /** Clicks in the middle of the first element that a selector finds. */
  Tab click(String selector) throws InterruptedException {
    String at =
        run(
            "const e = document.querySelector(\""
                + selector
                + "\"); e.scrollIntoView({block: 'center', inline: 'center'});"
                + " const b = e.getBoundingClientRect();"
                + " return (b.left + b.width / 2) + ' ' + (b.top + b.height / 2);");
    String[] point = at.split(" ", -1);
    for (String type : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Browser.object()
              .put("type", type)
              .put("x", Double.parseDouble(point[0]))
              .put("y", Double.parseDouble(point[1]))
              .put("button", "left")
              .put("clickCount", 1));
    }
    return this;
  }

  /** Closes the tab. */
  void close() throws InterruptedException {
    browser.close(session, target);
  }
}
