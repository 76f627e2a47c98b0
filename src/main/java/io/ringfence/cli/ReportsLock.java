package io.ringfence.cli;

import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Project;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second Ringfence from writing into the same reports. */
final class ReportsLock implements AutoCloseable {
  private final FileChannel channel;

  private ReportsLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, which the system drops if this process ends in any way.
   *
   * @throws BadInputException if another one has it
   * @throws IOException if the folder of reports cannot be written to
   */
  static ReportsLock of(Project project) throws IOException {
    Path file = project.reports().resolve(".lock");
    FileChannel channel;
    try {
      Files.createDirectories(project.reports());
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(project.reports() + " cannot be written to: " + e, e);
    }
    try {
      if (channel.tryLock() != null) {
        return new ReportsLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // It is held in this very process.
    }
    channel.close();
    throw new BadInputException(
        project.reports() + ": another Ringfence writes reports there; wait until it is done");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
