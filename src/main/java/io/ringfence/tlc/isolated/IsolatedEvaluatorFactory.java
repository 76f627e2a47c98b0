package io.ringfence.tlc.isolated;

import io.ringfence.tlc.eval.EvaluationException;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.tlc.eval.IsolatedFactory;
import io.ringfence.tlc.eval.PropertyShape;
import io.ringfence.tlc.eval.UnreadableModelException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tla2sany.drivers.FrontEndException;
import tlc2.tool.impl.FastTool;
import tlc2.util.FP64;
import util.SimpleFilenameToStream;
import util.ToolIO;

/** Opens the models of its class loader, one after the other. */
public final class IsolatedEvaluatorFactory implements IsolatedFactory {
  private static final int FINGERPRINT_INDEX = 0;

  @Override
  public Evaluator open(Path rootModule, Path config, List<Path> modulePath) {
    // Without a polynomial every fingerprint is 0 and the graph looks like one state.
    FP64.Init(FINGERPRINT_INDEX);
    Path directory = rootModule.resolveSibling("");
    ToolIO.setUserDir(directory.toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    print(said);
    try {
      FastTool tool =
          new FastTool(
              "",
              without(".tla", rootModule.getFileName()),
              without(".cfg", directory.relativize(config)),
              new SimpleFilenameToStream(
                  modulePath.stream().map(Path::toString).toArray(String[]::new)));
      return new TlcEvaluator(tool, new ActionCatalogue(tool).instances());
    } catch (EvaluationException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new UnreadableModelException(
          rootModule,
          config,
          String.valueOf(e.getMessage()),
          said.toString(StandardCharsets.UTF_8));
    } finally {
      // What a specification prints while it is evaluated concerns nobody.
      print(OutputStream.nullOutputStream());
    }
  }

  @Override
  public Map<String, PropertyShape> shapes(Path rootModule, List<Path> modulePath) {
    ToolIO.setUserDir(rootModule.resolveSibling("").toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    print(said);
    try {
      return ShapeReader.read(
          without(".tla", rootModule.getFileName()),
          new SimpleFilenameToStream(
              modulePath.stream().map(Path::toString).toArray(String[]::new)),
          ToolIO.out);
    } catch (FrontEndException | RuntimeException | StackOverflowError e) {
      throw new EvaluationException(
          rootModule
              + ": cannot be parsed: "
              + e.getMessage()
              + "\n"
              + said.toString(StandardCharsets.UTF_8).strip());
    } finally {
      print(OutputStream.nullOutputStream());
    }
  }

  /** Drop the extension that TLC adds itself. */
  private static String without(String extension, Path path) {
    String text = path.toString();
    return text.endsWith(extension) ? text.substring(0, text.length() - extension.length()) : text;
  }

  private static void print(OutputStream target) {
    PrintStream stream = new PrintStream(target, false, StandardCharsets.UTF_8);
    ToolIO.out = stream;
    ToolIO.err = stream;
  }
}
