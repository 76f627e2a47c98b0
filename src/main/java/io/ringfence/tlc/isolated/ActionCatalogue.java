package io.ringfence.tlc.isolated;

import io.ringfence.tlc.eval.ActionInstance;
import io.ringfence.tlc.eval.EvaluationException;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tla2sany.semantic.APSubstInNode;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SubstInNode;
import tla2sany.semantic.SymbolNode;
import tla2sany.st.Location;
import tlc2.tool.Action;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;
import tlc2.tool.impl.FastTool;
import tlc2.value.IValue;

/**
 * Finds the name and the arguments of each action into which TLC splits the next-state relation.
 *
 * <p>TLC follows disjunctions, quantifiers over constant sets, and operators whose arguments are
 * constants, and leaves in an action's context what it bound on the way: parameters of operators
 * and variables of quantifiers. Where it stops too early, a step would not tell which action it is;
 * such a model is refused.
 */
final class ActionCatalogue {
  private static final String ADVICE =
      " Write Next as a disjunction of actions with names, quantified over constant sets.";

  private final FastTool tool;

  ActionCatalogue(FastTool tool) {
    this.tool = tool;
  }

  List<ActionInstance> instances() {
    List<ActionInstance> instances = new ArrayList<>();
    for (Action action : tool.getActions()) {
      instances.add(instance(instances.size(), action));
    }
    return List.copyOf(instances);
  }

  private ActionInstance instance(int index, Action action) {
    OpDefNode operator = action.getOpDef();
    if (operator == null) {
      throw new EvaluationException(
          "The action at " + action.pred.getLocation() + " has no name." + ADVICE);
    }
    String name = operator.getName().toString();
    Map<String, Value> arguments = new LinkedHashMap<>();
    for (FormalParamNode parameter : operator.getParams()) {
      Object value = action.con.lookup(parameter);
      if (!(value instanceof IValue)) {
        throw new EvaluationException(
            "The argument "
                + parameter.getName()
                + " of the action "
                + name
                + ", called at "
                + action.pred.getLocation()
                + ", is not a constant."
                + ADVICE);
      }
      arguments.put(parameter.getName().toString(), ValueConverter.convert(value));
    }
    addInnerChoices(action, operator, arguments);
    requireSplit(action, operator, name);
    return new ActionInstance(index, name, arguments);
  }

  /** Add the variables of quantifiers in the operator's own body. */
  private static void addInnerChoices(
      Action action, OpDefNode operator, Map<String, Value> arguments) {
    List<SymbolNode> innermostFirst = new ArrayList<>();
    action.con.lookupName(
        symbol -> {
          if (symbol != null && isWithin(symbol.getLocation(), operator.getLocation())) {
            innermostFirst.add(symbol);
          }
          return false;
        });
    for (int i = innermostFirst.size() - 1; i >= 0; i--) {
      SymbolNode symbol = innermostFirst.get(i);
      Object value = action.con.lookup(symbol);
      if (value instanceof IValue) {
        arguments.putIfAbsent(symbol.getName().toString(), ValueConverter.convert(value));
      }
    }
  }

  private static boolean isWithin(Location inner, Location outer) {
    return inner.source().equals(outer.source())
        && before(outer.beginLine(), outer.beginColumn(), inner.beginLine(), inner.beginColumn())
        && before(inner.endLine(), inner.endColumn(), outer.endLine(), outer.endColumn());
  }

  private static boolean before(int line, int column, int otherLine, int otherColumn) {
    return line < otherLine || (line == otherLine && column <= otherColumn);
  }

  private void requireSplit(Action action, OpDefNode operator, String name) {
    SemanticNode body = unwrap(action.pred);
    boolean substituted =
        action.pred instanceof SubstInNode || action.pred instanceof APSubstInNode;
    boolean whole =
        action.pred.equals(tool.getNextStateSpec().pred) || operator.equals(nextStateOperator());
    if (((substituted || whole) && isChoice(body)) || (whole && callsAction(body))) {
      throw new EvaluationException(
          "The action "
              + name
              + " at "
              + action.pred.getLocation()
              + " hides a choice between actions, so its steps do not tell which action they are."
              + ADVICE);
    }
  }

  /** The operator in {@code [][Next]_vars} or after {@code NEXT}; null for any other expression. */
  private @Nullable SymbolNode nextStateOperator() {
    return unwrap(tool.getNextStateSpec().pred) instanceof OpApplNode application
        ? application.getOperator()
        : null;
  }

  private static SemanticNode unwrap(SemanticNode node) {
    SemanticNode inner = node;
    while (true) {
      if (inner instanceof SubstInNode substitution) {
        inner = substitution.getBody();
      } else if (inner instanceof APSubstInNode substitution) {
        inner = substitution.getBody();
      } else if (inner instanceof LetInNode let) {
        inner = let.getBody();
      } else if (inner instanceof LabelNode label) {
        inner = (SemanticNode) label.getBody();
      } else {
        return inner;
      }
    }
  }

  private static boolean isChoice(SemanticNode node) {
    if (!(node instanceof OpApplNode application)) {
      return false;
    }
    return switch (BuiltInOPs.getOpCode(application.getOperator().getName())) {
      case ToolGlobals.OPCODE_be, ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> true;
      default -> isActionCall(application);
    };
  }

  private static boolean callsAction(SemanticNode node) {
    if (node instanceof OpApplNode application && isActionCall(application)) {
      return true;
    }
    SemanticNode[] children = node.getChildren();
    if (children != null) {
      for (SemanticNode child : children) {
        if (callsAction(child)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isActionCall(OpApplNode application) {
    return application.getOperator() instanceof OpDefNode called
        && BuiltInOPs.getOpCode(called.getName()) == 0
        && called.getLevel() >= LevelConstants.ActionLevel;
  }
}
