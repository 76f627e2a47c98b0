package io.ringfence.verify;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command of a TLC run as it can be given again on any machine, in the folder of the model's
 * module: TLC looks for modules next to the one that it is given, and in a library only if that is
 * named from there.
 */
final class PortableCommand {
  /** Options about files that end with the run. */
  private static final List<String> OF_THE_RUN =
      List.of("-Djava.io.tmpdir=", "-XX:SharedArchiveFile=", "-Xshare:", "-Xlog:");

  private static final String LIBRARY = "-DTLA-Library=";
  private static final String PLACE_OF_STATES = "-metadir";
  private static final String CLASS_PATH = "-cp";

  private PortableCommand() {}

  /** Names files from the folder of the module, and leaves out those that end with the run. */
  static List<String> of(Path module, List<String> command) {
    Path folder = module.toAbsolutePath().normalize().resolveSibling("").normalize();
    List<String> portable = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      String argument = command.get(i);
      String before = i == 0 ? "" : command.get(i - 1);
      if (i == 0 || before.equals(CLASS_PATH) || argument.equals(module.toString())) {
        portable.add(String.valueOf(Path.of(argument).getFileName()));
      } else if (argument.startsWith(LIBRARY)) {
        portable.add(LIBRARY + from(folder, argument.substring(LIBRARY.length())));
      } else if (!argument.equals(PLACE_OF_STATES)
          && !before.equals(PLACE_OF_STATES)
          && OF_THE_RUN.stream().noneMatch(argument::startsWith)) {
        portable.add(argument);
      }
    }
    return portable;
  }

  private static String from(Path folder, String libraries) {
    return Arrays.stream(libraries.split(File.pathSeparator))
        .map(library -> folder.relativize(Path.of(library).toAbsolutePath().normalize()))
        .map(library -> library.toString().replace(File.separatorChar, '/'))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
