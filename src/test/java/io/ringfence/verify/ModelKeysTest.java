package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.tlc.TlcTools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key changes with each single thing that a result depends on, and with nothing else. */
class ModelKeysTest {
  private static final String OTHER_SPEC = "SysHeap.tla";

  @TempDir private Path root;
  private Path jar;
  private Path classes;
  private Path library;
  private Manifest.Model model;

  @BeforeEach
  void copyOfTheProject() throws IOException {
    copy(Path.of("spec"), root.resolve("spec"));
    copy(Path.of("models/vpages"), root.resolve("models/vpages"));
    Files.copy(Path.of("models/manifest.json"), root.resolve("models/manifest.json"));
    jar = tools("Integers", "Naturals");
    library = jar("library.jar", "");
    classes = Files.createDirectories(root.resolve("classes/io"));
    Files.writeString(classes.resolve("Firmware.class"), "firmware");
    model = RunOfTwoModels.model("Vpages");
  }

  /** The TLA+ tools, with standard modules of these names. */
  private Path tools(String... modules) throws IOException {
    Path file = root.resolve("tla2tools.jar");
    try (JarOutputStream made = new JarOutputStream(Files.newOutputStream(file))) {
      for (String module : modules) {
        made.putNextEntry(new ZipEntry("tla2sany/StandardModules/" + module + ".tla"));
      }
    }
    return file;
  }

  private Path jar(String name, String classPath) throws IOException {
    Path file = root.resolve(name);
    java.util.jar.Manifest manifest = new java.util.jar.Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (!classPath.isEmpty()) {
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream made = new JarOutputStream(out, manifest)) {
      made.finish();
    }
    return file;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private String key(List<String> options) throws IOException {
    return ModelKeys.of(
            Project.at(root),
            new TlcTools(jar, "version"),
            options,
            root.resolve("classes") + ":" + library)
        .of(model);
  }

  private String key() throws IOException {
    return key(List.of("--limit=600"));
  }

  /** Names of the files whose change does not change the key. */
  private Set<String> ignored(Path folder) throws IOException {
    String before = key();
    Set<String> ignored = new TreeSet<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      byte[] changed = content.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      String after = key();
      if (after.equals(before)) {
        ignored.add(file.getFileName().toString());
      }
      Files.write(file, content);
    }
    assertThat(key()).isEqualTo(before);
    return ignored;
  }

  @Test
  void everyByteOfTheSpecAndOfWhatItExtendsCounts() throws IOException {
    assertThat(ignored(root.resolve("spec")))
        .contains(OTHER_SPEC)
        .doesNotContain("VirtualPages.tla");
  }

  @Test
  void everyModuleAndEveryConfigurationOfTheModelCounts() throws IOException {
    Set<String> others = new TreeSet<>();
    try (Stream<Path> files = Files.list(root.resolve("models/vpages"))) {
      files.map(file -> file.getFileName().toString()).forEach(others::add);
    }
    others.remove("MCVirtualPages.tla");
    model.claims().forEach(claim -> others.remove(claim.config().replaceFirst(".*/", "")));

    assertThat(ignored(root.resolve("models/vpages"))).isEqualTo(others);
  }

  @Test
  void aModuleThatIsAddedBesideCountsIfItIsNamed() throws IOException {
    String before = key();
    Files.writeString(root.resolve("models/vpages/Unrelated.tla"), "---- MODULE Unrelated ----");
    assertThat(key()).isEqualTo(before);

    // TLC would take it instead of the standard module of that name.
    Files.writeString(root.resolve("models/vpages/FiniteSets.tla"), "---- MODULE FiniteSets ----");
    assertThat(key()).isNotEqualTo(before);
  }

  @Test
  void aModuleThatTakesThePlaceOfOneThatOnlyAStandardModuleNamesCounts() throws IOException {
    assertThat(Files.readString(root.resolve("spec/VirtualPages.tla"))).doesNotContain("Naturals");
    String before = key();
    Path instead = root.resolve("models/vpages/Naturals.tla");
    Files.writeString(instead, "---- MODULE Naturals ----");
    String with = key();
    Files.writeString(instead, "this is not TLA+");

    assertThat(List.of(before, with, key())).doesNotHaveDuplicates();
  }

  @Test
  void aClassThatTlcWouldLoadBesideAModuleCounts() throws IOException {
    String before = key();
    Files.writeString(root.resolve("spec/VirtualPages.class"), "operators");

    assertThat(key()).isNotEqualTo(before);
  }

  @Test
  void theToolsTheProgramAndItsLibrariesCount() throws IOException {
    List<String> keys = new ArrayList<>(List.of(key()));
    tools("Integers", "Naturals", "Reals");
    keys.add(key());
    Files.writeString(classes.resolve("Firmware.class"), "other");
    keys.add(key());
    jar("library.jar", "more.jar");
    keys.add(key());
    Files.move(classes.resolve("Firmware.class"), classes.resolve("Renamed.class"));
    keys.add(key());
    Files.delete(library);
    keys.add(key());

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void whatAJarOfTheClassPathNamesCounts() throws IOException {
    library = jar("library.jar", "more/ also.jar");
    Path more = Files.createDirectories(root.resolve("more"));
    List<String> keys = new ArrayList<>(List.of(key()));
    Files.writeString(more.resolve("Firmware.class"), "firmware");
    keys.add(key());
    jar("also.jar", "");
    keys.add(key());

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void optionsCount() throws IOException {
    assertThat(key(List.of("--limit=60"))).isNotEqualTo(key());
  }

  @Test
  void theEntryInTheManifestCounts() throws IOException {
    String before = key();
    model =
        RunOfTwoModels.changed(
            model,
            new Manifest.Pinned(
                model.pinned().initial(),
                model.pinned().states() + 1,
                model.pinned().edges(),
                model.pinned().refusals()),
            model.claims());

    assertThat(key()).isNotEqualTo(before);
  }
}
