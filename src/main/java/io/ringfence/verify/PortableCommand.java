package io.ringfence.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a TLC run as it can be given again: from the checkout, on any machine. */
final class PortableCommand {
  /** Options about files that end with the run. */
  private static final List<String> OF_THE_RUN =
      List.of("-Djava.io.tmpdir=", "-XX:SharedArchiveFile=", "-Xshare:", "-Xlog:");

  private static final String PLACE_OF_STATES = "-metadir";
  private static final String CLASS_PATH = "-cp";

  private PortableCommand() {}

  /** Names files as they are named in the checkout, and leaves out those that end with the run. */
  static List<String> of(Path checkout, List<String> command) {
    List<String> portable = new ArrayList<>();
    String root = checkout.toAbsolutePath().normalize() + checkout.getFileSystem().getSeparator();
    for (int i = 0; i < command.size(); i++) {
      String argument = command.get(i);
      String before = i == 0 ? "" : command.get(i - 1);
      if (i == 0 || before.equals(CLASS_PATH)) {
        portable.add(String.valueOf(Path.of(argument).getFileName()));
      } else if (!argument.equals(PLACE_OF_STATES)
          && !before.equals(PLACE_OF_STATES)
          && OF_THE_RUN.stream().noneMatch(argument::startsWith)) {
        portable.add(argument.replace(root, ""));
      }
    }
    return portable;
  }
}
