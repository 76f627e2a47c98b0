package io.ringfence.tlc.isolated;

import io.ringfence.tlc.eval.PropertyShape;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tla2sany.drivers.FrontEndException;
import tla2sany.drivers.SANY;
import tla2sany.modanalyzer.SpecObj;
import tla2sany.semantic.ExprNode;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SubstInNode;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;
import util.FilenameToStream;

/** Takes properties apart as TLC does when it reads a configuration. */
final class ShapeReader {
  private ShapeReader() {}

  static Map<String, PropertyShape> read(String module, FilenameToStream files, PrintStream out)
      throws FrontEndException {
    SpecObj spec = new SpecObj(module, files);
    SANY.frontEndMain(spec, module, out);
    ModuleNode root =
        spec.getExternalModuleTable() == null
            ? null
            : spec.getExternalModuleTable().getRootModule();
    if (root == null || spec.getErrorLevel() != 0) {
      throw new FrontEndException("see what the parser printed");
    }
    Map<String, PropertyShape> shapes = new HashMap<>();
    for (OpDefNode definition : root.getOpDefs()) {
      if (definition.getArity() == 0) {
        shapes.put(definition.getName().toString(), shape(definition));
      }
    }
    return shapes;
  }

  private static PropertyShape shape(OpDefNode definition) {
    if (definition.getLevel() <= LevelConstants.VariableLevel) {
      return PropertyShape.STATE;
    }
    ExprNode body = definition.getBody();
    if (isBoxOfSteps(body)) {
      return PropertyShape.STEP;
    }
    return isSafety(body) ? PropertyShape.SAFETY : PropertyShape.BEHAVIOR;
  }

  private static boolean isSafety(ExprNode formula) {
    if (formula.getLevel() <= LevelConstants.VariableLevel) {
      return true;
    }
    if (formula.getLevel() != LevelConstants.TemporalLevel) {
      return false;
    }
    if (formula instanceof SubstInNode substitution) {
      return isSafety(substitution.getBody());
    }
    if (!(formula instanceof OpApplNode application)) {
      return false;
    }
    ExprOrOpArgNode[] parts = application.getArgs();
    return switch (opcode(application)) {
      case ToolGlobals.OPCODE_cl, ToolGlobals.OPCODE_land ->
          Arrays.stream(parts).allMatch(part -> part instanceof ExprNode inner && isSafety(inner));
      // TLC makes an invariant of [] before a state predicate, and checks it after all others.
      case ToolGlobals.OPCODE_box -> isBoxOfSteps(application);
      case 0 ->
          application.getOperator() instanceof OpDefNode called
              && called.getArity() == 0
              && isSafety(called.getBody());
      default -> false;
    };
  }

  private static boolean isBoxOfSteps(ExprNode formula) {
    return formula instanceof OpApplNode box
        && opcode(box) == ToolGlobals.OPCODE_box
        && box.getArgs()[0] instanceof OpApplNode steps
        && opcode(steps) == ToolGlobals.OPCODE_sa;
  }

  private static int opcode(OpApplNode application) {
    return BuiltInOPs.getOpCode(application.getOperator().getName());
  }
}
