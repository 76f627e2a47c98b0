package io.ringfence.tlc.eval;

import io.ringfence.trace.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An evaluator that gives its copy of TLC back when it is closed. */
final class PooledEvaluator implements Evaluator {
  private final Release release;
  private @Nullable Evaluator delegate;

  /** Releases what the evaluator was made of. */
  interface Release {
    void run() throws IOException;
  }

  PooledEvaluator(Evaluator delegate, Release release) {
    this.delegate = delegate;
    this.release = release;
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
    try {
      release.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the files of a closed model", e);
    }
  }
}
