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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.commons.lang3.Strings;

/**
 * Hashes of everything that the results of a model depend on: its modules, configurations and entry
 * in the manifest, the TLA+ tools, this program with the firmware, the JVM and the options.
 *
 * <p>A module counts if its name stands anywhere in a module that counts, comments included. That
 * can be too many, and cannot be too few, as a module must be named where it is extended or
 * instantiated. A module that has the name of one in the TLA+ tools counts always: it takes the
 * place of that one, which others in the tools may name.
 */
final class ModelKeys {
  /** To be raised when what is kept under a key changes its form. */
  private static final String FORMAT = "1";

  /** What can change how a JVM runs without being on its command line. */
  private static final List<String> JVM_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

  private static final String MODULE = ".tla";

  private static final Pattern WORD = Pattern.compile("\\w+");

  private final Project project;
  private final Set<String> standardModules;
  private final String base;
  private final Map<Path, String> hashes = new HashMap<>();
  private final Map<Path, Set<String>> words = new HashMap<>();
  private final Map<Path, Map<String, Path>> modules = new HashMap<>();

  private ModelKeys(Project project, Set<String> standardModules, String base) {
    this.project = project;
    this.standardModules = standardModules;
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
    return new ModelKeys(project, standardModules(tools.jar()), digest.hex());
  }

  /** The names of the modules in the jar of the TLA+ tools. */
  private static Set<String> standardModules(Path jar) throws IOException {
    try (ZipFile tools = new ZipFile(jar.toFile())) {
      return tools.stream()
          .map(entry -> entry.getName().substring(entry.getName().lastIndexOf('/') + 1))
          .filter(name -> name.endsWith(MODULE))
          .map(name -> Strings.CS.removeEnd(name, MODULE))
          .collect(Collectors.toUnmodifiableSet());
    }
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
      digest.add(module.getKey(), hash(module.getValue()));
    }
    for (Manifest.Claim claim : model.claims()) {
      digest.add(claim.config(), Files.readAllBytes(project.models().resolve(claim.config())));
    }
    for (Path folder : folders(root.resolveSibling(""))) {
      // TLC takes operators from Java classes that lie beside a module.
      for (Path other : files(folder, ".class", ".jar")) {
        digest.add(other.toString(), hash(other));
      }
    }
    return digest.hex();
  }

  /** The modules that a root module can reach by name, and itself. */
  private Map<String, Path> modules(Path root) throws IOException {
    Map<String, Path> available = available(root.resolveSibling(""));
    Map<String, Path> found = new TreeMap<>();
    Deque<Path> open = new ArrayDeque<>(List.of(root));
    found.put(root.getFileName().toString(), root);
    for (String standard : standardModules) {
      Path instead = available.get(standard);
      if (instead != null && found.putIfAbsent(instead.getFileName().toString(), instead) == null) {
        open.push(instead);
      }
    }
    while (!open.isEmpty()) {
      for (String word : words(open.pop())) {
        Path file = available.get(word);
        if (file != null && found.putIfAbsent(file.getFileName().toString(), file) == null) {
          open.push(file);
        }
      }
    }
    return found;
  }

  /** All modules by name, found as TLC does: beside the root module first, then in libraries. */
  private Map<String, Path> available(Path folder) throws IOException {
    Map<String, Path> known = modules.get(folder);
    if (known == null) {
      known = new HashMap<>();
      for (Path place : folders(folder)) {
        for (Path file : files(place, MODULE)) {
          known.putIfAbsent(Strings.CS.removeEnd(file.getFileName().toString(), MODULE), file);
        }
      }
      modules.put(folder, known);
    }
    return known;
  }

  private List<Path> folders(Path first) {
    List<Path> folders = new ArrayList<>(List.of(first));
    folders.addAll(project.libraries());
    return folders;
  }

  private static List<Path> files(Path folder, String... endings) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> Strings.CS.endsWithAny(file.toString(), endings))
          .sorted()
          .toList();
    }
  }

  /** Many models have the same modules, so each file is hashed once. */
  private String hash(Path file) throws IOException {
    String known = hashes.get(file);
    if (known == null) {
      known = new Digest().add("file", Files.readAllBytes(file)).hex();
      hashes.put(file, known);
    }
    return known;
  }

  private Set<String> words(Path file) throws IOException {
    Set<String> known = words.get(file);
    if (known == null) {
      known = new HashSet<>();
      for (Matcher word = WORD.matcher(Files.readString(file)); word.find(); ) {
        known.add(word.group());
      }
      words.put(file, known);
    }
    return known;
  }
}
