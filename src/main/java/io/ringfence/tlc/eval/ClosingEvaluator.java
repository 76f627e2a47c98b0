package io.ringfence.tlc.eval;

import io.ringfence.trace.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An evaluator together with what must be released after it. */
final class ClosingEvaluator implements Evaluator {
  private final IsolatedLoader loader;
  private final StandardModules modules;
  private @Nullable Evaluator delegate;

  ClosingEvaluator(Evaluator delegate, IsolatedLoader loader, StandardModules modules) {
    this.delegate = delegate;
    this.loader = loader;
    this.modules = modules;
  }

  private Evaluator open() {
    Evaluator current = delegate;
    if (current == null) {
      throw new IllegalStateException("The evaluator is closed");
    }
    return current;
  }

  @Override
  public List<String> variables() {
    return open().variables();
  }

  @Override
  public List<ActionInstance> actions() {
    return open().actions();
  }

  @Override
  public List<SpecState> initialStates() {
    return open().initialStates();
  }

  @Override
  public void successors(SpecState state, SuccessorSink sink) {
    open().successors(state, sink);
  }

  @Override
  public Value[] values(SpecState state) {
    return open().values(state);
  }

  @Override
  public long fingerprint(SpecState state) {
    return open().fingerprint(state);
  }

  @Override
  public boolean inModel(SpecState state) {
    return open().inModel(state);
  }

  @Override
  public boolean inActions(SpecState state, SpecState next) {
    return open().inActions(state, next);
  }

  @Override
  public boolean holds(String predicate, SpecState state) {
    return open().holds(predicate, state);
  }

  @Override
  public Value constant(String name) {
    return open().constant(name);
  }

  @Override
  public List<String> invariants() {
    return open().invariants();
  }

  @Override
  public List<String> actionProperties() {
    return open().actionProperties();
  }

  @Override
  public boolean actionPropertyHolds(String property, SpecState state, SpecState next) {
    return open().actionPropertyHolds(property, state, next);
  }

  @Override
  public void close() {
    Evaluator current = delegate;
    if (current == null) {
      return;
    }
    delegate = null;
    current.close();
    try (modules;
        loader) {
      // Closing is all.
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the files of a closed model", e);
    }
  }
}
