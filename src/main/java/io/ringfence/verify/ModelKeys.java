package io.ringfence.verify;

import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hashes of everything that the results of a model depend on: its modules, configurations and entry
 * in the manifest, the TLA+ tools, this program with the firmware, the JVM and the options.
 *
 * <p>A module counts if its name stands anywhere in a module that counts, comments included. That
 * can be too many, and cannot be too few, as a module must be named where it is extended or
 * instantiated.
 */
final class ModelKeys {
  /** To be raised when what is kept under a key changes its form. */
  private static final String FORMAT = "1";

  /** What can change how a JVM runs without being on its command line. */
  private static final List<String> JVM_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

  private static final Pattern WORD = Pattern.compile("\\w+");

  private final Project project;
  private final String base;
  private final Map<Path, String> texts = new HashMap<>();
  private final Map<Path, Set<String>> words = new HashMap<>();

  private ModelKeys(Project project, String base) {
    this.project = project;
    this.base = base;
  }

  /**
   * Reads what all models depend on.
   *
   * @param options the options of the run that its results depend on
   * @param classPath the class path of this program
   * @throws IOException if something of it cannot be read
   */
  static ModelKeys of(Project project, TlcTools tools, List<String> options, String classPath)
      throws IOException {
    Digest digest =
        new Digest()
            .add("format", FORMAT)
            .add("options", String.join("\n", options))
            .addTree("tools", tools.jar());
    for (String property : List.of("java.home", "java.vm.version", "java.vm.name", "os.arch")) {
      digest.add(property, String.valueOf(System.getProperty(property)));
    }
    for (String variable : JVM_VARIABLES) {
      digest.add(variable, String.valueOf(System.getenv(variable)));
    }
    for (Path entry : ClassPath.of(classPath)) {
      digest.addTree("program", entry);
    }
    return new ModelKeys(project, digest.hex());
  }

  /**
   * Returns the key of a model.
   *
   * @throws IOException if a file of it cannot be read
   */
  String of(Manifest.Model model) throws IOException {
    Digest digest = new Digest().add("base", base).add("model", RunJson.text(model));
    Path root = project.models().resolve(model.module());
    for (Map.Entry<String, Path> module : modules(root).entrySet()) {
      digest.add(module.getKey(), text(module.getValue()));
    }
    for (Manifest.Claim claim : model.claims()) {
      digest.add(claim.config(), Files.readAllBytes(project.models().resolve(claim.config())));
    }
    for (Path folder : folders(root)) {
      for (Path other : classes(folder)) {
        digest.add(other.toString(), Files.readAllBytes(other));
      }
    }
    return digest.hex();
  }

  /** Finds modules as TLC does: beside the root module first, then in the libraries. */
  private Map<String, Path> modules(Path root) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Deque<Path> open = new ArrayDeque<>(List.of(root));
    found.put(root.getFileName().toString(), root);
    while (!open.isEmpty()) {
      for (String word : words(open.pop())) {
        for (Path folder : folders(root)) {
          Path file = folder.resolve(word + ".tla");
          if (Files.isRegularFile(file)) {
            if (found.putIfAbsent(file.getFileName().toString(), file) == null) {
              open.push(file);
            }
            break;
          }
        }
      }
    }
    return found;
  }

  private List<Path> folders(Path root) {
    List<Path> folders = new ArrayList<>(List.of(root.resolveSibling("")));
    folders.addAll(project.libraries());
    return folders;
  }

  /** TLC takes operators from Java classes that lie beside a module. */
  private static List<Path> classes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class") || file.toString().endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  private String text(Path file) throws IOException {
    String known = texts.get(file);
    if (known == null) {
      known = Files.readString(file);
      texts.put(file, known);
    }
    return known;
  }

  private Set<String> words(Path file) throws IOException {
    Set<String> known = words.get(file);
    if (known == null) {
      known = new HashSet<>();
      for (Matcher word = WORD.matcher(text(file)); word.find(); ) {
        known.add(word.group());
      }
      words.put(file, known);
    }
    return known;
  }
}
