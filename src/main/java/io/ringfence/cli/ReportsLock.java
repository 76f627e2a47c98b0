package io.ringfence.cli;

import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Project;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second Ringfence from writing into the same reports. */
final class ReportsLock {
  /** What writes reports. */
  interface Work {
    /** Does it, and returns an exit code. */
    int run() throws IOException, InterruptedException;
  }

  private ReportsLock() {}

  /**
   * Does some work with the lock, which the system drops if this process ends in any way.
   *
   * @throws BadInputException if another one has it
   * @throws IOException if the folder of reports cannot be written to
   */
  static int holding(Project project, Work work) throws IOException, InterruptedException {
    try (FileChannel channel = channel(project)) {
      if (lock(channel) == null) {
        throw new BadInputException(
            project.reports() + ": another Ringfence writes reports there; wait until it is done");
      }
      return work.run();
    }
  }

  private static FileChannel channel(Project project) throws IOException {
    try {
      Files.createDirectories(project.reports());
      return FileChannel.open(
          project.reports().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(project.reports() + " cannot be written to: " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // It is held in this very process.
      return null;
    }
  }
}
