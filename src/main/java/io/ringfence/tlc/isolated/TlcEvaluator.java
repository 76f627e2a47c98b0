package io.ringfence.tlc.isolated;

import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.tlc.eval.EvaluationException;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.SpecState;
import io.ringfence.tlc.eval.SuccessorSink;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.st.Location;
import tlc2.tool.Action;
import tlc2.tool.INextStateFunctor;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.util.FP64;
import tlc2.value.IValue;
import util.UniqueString;

/** Evaluates with TLC's {@code FastTool}, as TLC's model checker does. */
final class TlcEvaluator implements Evaluator {
  private final FastTool tool;
  private final Action[] tlcActions;
  private final List<ActionInstance> actions;
  private final UniqueString[] variables;
  private final List<FingerprintMap<Value>> interned = new ArrayList<>();
  private final Map<String, Action> predicates = new HashMap<>();

  /** The state whose successors were asked for last: they share the objects that did not change. */
  private @Nullable TlcSpecState origin;

  TlcEvaluator(FastTool tool, List<ActionInstance> actions) {
    this.tool = tool;
    this.tlcActions = tool.getActions();
    this.actions = actions;
    this.variables = variables(tool);
    for (int i = 0; i < variables.length; i++) {
      interned.add(new FingerprintMap<>());
    }
    String[] names = tool.getInvNames();
    for (int i = 0; i < names.length; i++) {
      predicates.put(names[i], tool.getInvariants()[i]);
    }
  }

  /** TLC orders variables by hash codes; order them as a reader does, a base module's first. */
  private static UniqueString[] variables(FastTool tool) {
    String root = tool.getRootModule().getName().toString();
    return Arrays.stream(TLCState.Empty.getVars())
        .sorted(
            Comparator.comparing(
                OpDeclNode::getLocation,
                Comparator.comparing((Location place) -> place.source().equals(root))
                    .thenComparing(Location::source)
                    .thenComparing(Location::beginLine)
                    .thenComparing(Location::beginColumn)))
        .map(OpDeclNode::getName)
        .toArray(UniqueString[]::new);
  }

  @Override
  public List<String> variables() {
    return Arrays.stream(variables).map(UniqueString::toString).toList();
  }

  @Override
  public List<ActionInstance> actions() {
    return actions;
  }

  @Override
  public List<SpecState> initialStates() {
    try {
      StateVec states = tool.getInitStates();
      List<SpecState> wrapped = new ArrayList<>(states.size());
      for (int i = 0; i < states.size(); i++) {
        requireComplete(states.elementAt(i), "Init");
        wrapped.add(new TlcSpecState(states.elementAt(i)));
      }
      return wrapped;
    } catch (StackOverflowError | RuntimeException e) {
      throw failure("the initial states", e);
    }
  }

  @Override
  public void successors(SpecState state, SuccessorSink sink) {
    TlcSpecState from = unwrap(state);
    origin = from;
    try {
      tool.getNextStates(new Successors(sink), from.state);
    } catch (SinkFailure e) {
      throw e.failure;
    } catch (StackOverflowError | RuntimeException e) {
      throw failure("the successors of a state", e);
    }
  }

  @Override
  public Value[] values(SpecState state) {
    TlcSpecState known = unwrap(state);
    Value[] values = known.values;
    if (values == null) {
      values = new Value[variables.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(i, known.state.lookup(variables[i]));
      }
      known.values = values;
    }
    return values;
  }

  private Value value(int variable, IValue value) {
    TlcSpecState near = origin;
    if (near != null && near.values != null && near.state.lookup(variables[variable]) == value) {
      return near.values[variable];
    }
    return intern(interned.get(variable), value);
  }

  private static Value intern(FingerprintMap<Value> known, IValue value) {
    long fingerprint = value.fingerPrint(FP64.New());
    Value found = known.get(fingerprint);
    if (found == null) {
      found = ValueConverter.convert(value);
      known.put(fingerprint, found);
    }
    return found;
  }

  @Override
  public long fingerprint(SpecState state) {
    try {
      return unwrap(state).fingerprint();
    } catch (StackOverflowError | RuntimeException e) {
      throw failure("the fingerprint of a state", e);
    }
  }

  @Override
  public boolean inModel(SpecState state) {
    return holds("the constraints", () -> tool.isInModel(unwrap(state).state));
  }

  @Override
  public boolean inActions(SpecState state, SpecState next) {
    return holds(
        "the action constraints", () -> tool.isInActions(unwrap(state).state, unwrap(next).state));
  }

  @Override
  public boolean holds(String predicate, SpecState state) {
    Action action = predicates.computeIfAbsent(predicate, this::define);
    return holds(predicate, () -> tool.isValid(action, unwrap(state).state));
  }

  private Action define(String name) {
    OpDefNode definition = tool.getRootModule().getOpDef(name);
    if (definition == null) {
      throw new EvaluationException(
          name + " is not defined in " + tool.getRootModule().getName() + "; check the name");
    }
    if (definition.getArity() > 0 || definition.getLevel() > LevelConstants.VariableLevel) {
      throw new EvaluationException(
          name
              + " at "
              + definition.getLocation()
              + " is not a predicate of states: it needs to be"
              + " without parameters, primes and temporal operators");
    }
    // A configuration can replace a definition; TLC hangs the replacement on the node.
    return tool.lookup(definition) instanceof OpDefNode actual
        ? new Action(actual.getBody(), Context.Empty, actual)
        : new Action(definition.getBody(), Context.Empty, definition);
  }

  @Override
  public Value constant(String name) {
    for (OpDeclNode declared : tool.getRootModule().getConstantDecls()) {
      if (declared.getName().toString().equals(name)) {
        return ValueConverter.convert(constantValue(name, tool.lookup(declared)));
      }
    }
    throw new EvaluationException(
        tool.getRootModule().getName() + " declares no constant " + name + "; check the name");
  }

  /** A configuration gives a constant a value, or hangs a definition on it. */
  private IValue constantValue(String name, Object given) {
    if (given instanceof IValue value) {
      return value;
    }
    if (given instanceof OpDefNode definition && definition.getArity() == 0) {
      try {
        return tool.eval(definition.getBody(), Context.Empty, TLCState.Empty);
      } catch (StackOverflowError | RuntimeException e) {
        throw failure("the constant " + name, e);
      }
    }
    throw new EvaluationException("the constant " + name + " is an operator, not a value");
  }

  @Override
  public List<String> invariants() {
    return List.of(tool.getInvNames());
  }

  @Override
  public List<String> actionProperties() {
    return List.of(tool.getImpliedActNames());
  }

  @Override
  public boolean actionPropertyHolds(String property, SpecState state, SpecState next) {
    int index = actionProperties().indexOf(property);
    if (index < 0) {
      throw new EvaluationException(
          property
              + " is not a property of steps in this configuration; there are "
              + actionProperties());
    }
    Action action = tool.getImpliedActions()[index];
    return holds(property, () -> tool.isValid(action, unwrap(state).state, unwrap(next).state));
  }

  @Override
  public void close() {
    interned.clear();
    predicates.clear();
    origin = null;
  }

  private static boolean holds(String what, BooleanSupplier evaluation) {
    try {
      return evaluation.getAsBoolean();
    } catch (StackOverflowError | RuntimeException e) {
      throw failure(what, e);
    }
  }

  private void requireComplete(TLCState state, Object origin) {
    if (!tool.isGoodState(state)) {
      throw new EvaluationException(
          origin
              + " does not assign a value to every variable; missing: "
              + state.getUnassigned().stream().map(variable -> variable.getName()).toList());
    }
  }

  private static TlcSpecState unwrap(SpecState state) {
    if (state instanceof TlcSpecState own) {
      return own;
    }
    throw new IllegalArgumentException("The state belongs to another evaluator");
  }

  private static RuntimeException failure(String what, Throwable cause) {
    if (cause instanceof EvaluationException known) {
      return known;
    }
    if (cause instanceof IllegalArgumentException wrongState
        && cause.getClass() == IllegalArgumentException.class) {
      return wrongState;
    }
    // TLC's own exceptions must not leave: they would keep the class loader alive.
    return new EvaluationException(
        "TLC cannot evaluate "
            + what
            + ": "
            + (cause instanceof StackOverflowError ? "endless recursion" : cause.getMessage()));
  }

  /** Hands TLC's successors on as edges. */
  private final class Successors implements INextStateFunctor {
    private final SuccessorSink sink;
    private int index;

    Successors(SuccessorSink sink) {
      this.sink = sink;
    }

    @Override
    public Object addElement(TLCState state, Action action, TLCState successor) {
      // TLC goes through its actions in order, so the next one is never far.
      while (tlcActions[index] != action) {
        index++;
      }
      requireComplete(successor, actions.get(index));
      try {
        sink.edge(index, new TlcSpecState(successor));
      } catch (RuntimeException e) {
        throw new SinkFailure(e);
      }
      return this;
    }

    @Override
    public Object addElement(TLCState state) {
      throw new IllegalStateException("TLC gave a successor without its action");
    }
  }

  /** Carries an exception of the caller's code through TLC unchanged. */
  private static final class SinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException failure;

    SinkFailure(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
