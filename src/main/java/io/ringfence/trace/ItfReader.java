package io.ringfence.trace;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces in ITF: ours, and those of Apalache and Quint.
 *
 * <p>Values become canonical. Beyond the revision of 2023-09-14 it takes plain numbers for integers
 * (older files) and variables listed twice (Quint). The action of a state is read from {@code
 * action} and {@code parameters} in its {@code #meta}, and that of the step back of a loop from
 * {@code loopAction} in the {@code #meta} of the trace. Keys that ITF does not define are passed
 * over at the top and in {@code #meta}, and are errors elsewhere.
 */
public final class ItfReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final ItfCursor cursor;
  private final ItfExpressions expressions;

  private TraceMeta meta = TraceMeta.EMPTY;
  private @Nullable Set<String> variables;
  private @Nullable List<StateDraft> drafts;
  private OptionalInt loop = OptionalInt.empty();
  private @Nullable ActionCall loopAction;
  private ItfCursor.@Nullable Place loopActionPlace;

  /** A state as it stands in the file, before the list of variables is known for certain. */
  private record StateDraft(
      ItfCursor.Place place, @Nullable ActionCall action, Map<String, Value> values) {}

  private record StateMeta(OptionalInt index, @Nullable ActionCall action) {
    private static final StateMeta NONE = new StateMeta(OptionalInt.empty(), null);
  }

  private ItfReader(ItfCursor cursor) {
    this.cursor = cursor;
    this.expressions = new ItfExpressions(cursor);
  }

  /**
   * Read a trace from a file in UTF-8.
   *
   * @throws ItfFormatException if the file is not a trace in ITF
   * @throws IOException if the file cannot be read
   */
  public static Trace read(Path file) throws IOException {
    try (Reader reader =
        // Not Files.newBufferedReader: the cursor has its own buffer. A decoder made here reports
        // malformed input, where one named by its charset would replace it.
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
      return read(reader, file.toString());
    }
  }

  /**
   * Read a trace from characters, and close them.
   *
   * @param source what to call them in messages
   * @throws ItfFormatException if they are not a trace in ITF
   * @throws IOException if they cannot be read
   */
  public static Trace read(Reader reader, String source) throws IOException {
    try (ItfCursor cursor = new ItfCursor(source, withoutByteOrderMark(reader))) {
      return new ItfReader(cursor).trace();
    }
  }

  /**
   * Editors on Windows put a byte order mark before UTF-8; JSON allows a reader to pass it over.
   */
  private static Reader withoutByteOrderMark(Reader reader) throws IOException {
    PushbackReader rest = new PushbackReader(reader);
    int first = rest.read();
    if (first != -1 && first != BYTE_ORDER_MARK) {
      rest.unread(first);
    }
    return rest;
  }

  private Trace trace() throws IOException {
    cursor.next();
    ItfCursor.Place top = cursor.place();
    cursor.object("a trace");
    ItfCursor.Place loopPlace = top;
    while (cursor.next() != JsonToken.END_OBJECT) {
      String key = cursor.text();
      JsonToken first = cursor.next();
      switch (key) {
        case ItfFormat.META -> meta = traceMeta();
        case ItfFormat.VARS -> variables = variables();
        case ItfFormat.STATES -> drafts = states();
        case ItfFormat.LOOP -> {
          loopPlace = cursor.place();
          loop =
              first == JsonToken.VALUE_NULL
                  ? OptionalInt.empty()
                  : OptionalInt.of(cursor.index("loop"));
        }
        default -> cursor.skip();
      }
    }
    cursor.end();
    return assemble(top, loopPlace);
  }

  private Trace assemble(ItfCursor.Place top, ItfCursor.Place loopPlace) throws IOException {
    if (variables == null || drafts == null) {
      throw cursor.fail(
          top,
          "a trace must have \"vars\" and \"states\"; there is no "
              + (variables == null ? "\"vars\"" : "\"states\""),
          "Give a file in ITF (.itf.json)");
    }
    if (drafts.isEmpty()) {
      throw cursor.fail(top, "the trace has no states", "Write it again with its initial state");
    }
    if (loop.isPresent() && loop.getAsInt() >= drafts.size()) {
      throw cursor.fail(
          loopPlace,
          "the loop leads to state " + loop.getAsInt() + " of " + drafts.size(),
          "Give the index of a state, from 0, or get the whole file if it was shortened");
    }
    if (loopActionPlace != null && loop.isEmpty()) {
      throw cursor.fail(
          loopActionPlace,
          "there is the action of a loop without a loop",
          "Give \"loop\", the index of the state to which it leads back");
    }
    List<TraceState> states = new ArrayList<>(drafts.size());
    for (StateDraft draft : drafts) {
      states.add(complete(draft, states.size(), variables));
    }
    Optional<Loop> back =
        loop.isPresent() ? Optional.of(new Loop(loop.getAsInt(), loopAction)) : Optional.empty();
    return new Trace(meta, List.copyOf(variables), states, back);
  }

  private TraceState complete(StateDraft draft, int index, Set<String> variables)
      throws IOException {
    Map<String, Value> ordered = new LinkedHashMap<>();
    for (String variable : variables) {
      Value value = draft.values().get(variable);
      if (value == null) {
        throw cursor.fail(
            draft.place(),
            "state " + index + " has no value for the variable " + ItfCursor.quote(variable),
            "Each state must have every variable of \"vars\"");
      }
      ordered.put(variable, value);
    }
    for (String variable : draft.values().keySet()) {
      if (!variables.contains(variable)) {
        throw cursor.fail(
            draft.place(),
            "state " + index + " has " + ItfCursor.quote(variable) + ", which is no variable",
            "List it in \"vars\", or remove it");
      }
    }
    return new TraceState(index, draft.action(), ordered);
  }

  private TraceMeta traceMeta() throws IOException {
    cursor.object("#meta of the trace");
    Map<String, String> entries = new LinkedHashMap<>();
    while (cursor.next() != JsonToken.END_OBJECT) {
      String key = cursor.text();
      JsonToken first = cursor.next();
      if (key.equals(ItfFormat.LOOP_ACTION)) {
        loopActionPlace = cursor.place();
        loopAction = loopAction(loopActionPlace);
        continue;
      }
      String text = first == JsonToken.VALUE_STRING ? cursor.text() : cursor.json();
      if (!ItfFormat.RESERVED.contains(key)) {
        entries.put(key, text);
      }
    }
    return new TraceMeta(entries);
  }

  private ActionCall loopAction(ItfCursor.Place place) throws IOException {
    cursor.object("the action of the loop");
    ActionCall action = actionMeta(place).action();
    if (action == null) {
      throw cursor.fail(place, "the loop's action has no name", "Name it by \"action\"");
    }
    return action;
  }

  private Set<String> variables() throws IOException {
    cursor.array("vars");
    Set<String> names = new LinkedHashSet<>();
    while (cursor.next() != JsonToken.END_ARRAY) {
      String name = cursor.string("the name of a variable");
      if (name.startsWith("#")) {
        throw cursor.fail(
            "the variable " + ItfCursor.quote(name) + " begins with '#', which is kept for ITF",
            "Rename the variable");
      }
      names.add(name);
    }
    return names;
  }

  private List<StateDraft> states() throws IOException {
    cursor.array("states");
    List<StateDraft> states = new ArrayList<>();
    while (cursor.next() != JsonToken.END_ARRAY) {
      states.add(state(states.size()));
    }
    return states;
  }

  private StateDraft state(int position) throws IOException {
    ItfCursor.Place place = cursor.place();
    cursor.object("a state");
    StateMeta stateMeta = StateMeta.NONE;
    Map<String, Value> values = new LinkedHashMap<>();
    while (cursor.next() != JsonToken.END_OBJECT) {
      String key = cursor.text();
      JsonToken first = cursor.next();
      if (key.equals(ItfFormat.META)) {
        stateMeta = stateMeta();
      } else {
        values.put(key, expressions.read(first));
      }
    }
    int index = stateMeta.index().orElse(position);
    if (index != position) {
      throw cursor.fail(
          place,
          "the state at position " + position + " says that its index is " + index,
          "States are missing or out of order; get the whole file");
    }
    return new StateDraft(place, stateMeta.action(), values);
  }

  private StateMeta stateMeta() throws IOException {
    ItfCursor.Place place = cursor.place();
    cursor.object("#meta of a state");
    return actionMeta(place);
  }

  /** The rest of an object that may name an action. */
  private StateMeta actionMeta(ItfCursor.Place place) throws IOException {
    OptionalInt index = OptionalInt.empty();
    String action = null;
    Map<String, Value> arguments = null;
    while (cursor.next() != JsonToken.END_OBJECT) {
      String key = cursor.text();
      cursor.next();
      switch (key) {
        case ItfFormat.INDEX -> index = OptionalInt.of(cursor.index("the index of a state"));
        case ItfFormat.ACTION -> action = cursor.string("the name of an action");
        case ItfFormat.PARAMETERS -> arguments = arguments();
        default -> cursor.skip();
      }
    }
    if (action == null && arguments != null) {
      throw cursor.fail(place, "there are parameters without an action", "Name the action");
    }
    return new StateMeta(
        index,
        action == null ? null : new ActionCall(action, arguments == null ? Map.of() : arguments));
  }

  private Map<String, Value> arguments() throws IOException {
    cursor.object("parameters");
    Map<String, Value> arguments = new LinkedHashMap<>();
    while (cursor.next() != JsonToken.END_OBJECT) {
      String name = cursor.text();
      arguments.put(name, expressions.read(cursor.next()));
    }
    return arguments;
  }
}
