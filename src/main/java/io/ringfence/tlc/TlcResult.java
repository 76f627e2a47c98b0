package io.ringfence.tlc;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What one run of TLC showed, and how it was run.
 *
 * @param outcome the judgment
 * @param statistics what TLC counted
 * @param warnings the texts of TLC's warnings
 * @param version TLC's banner; empty if it printed none
 * @param command the exact command line
 * @param exitCode the exit code; empty if TLC was stopped or never started
 * @param wallTime from the start of the process to its end; of a run for several claims, the share
 *     of one of them
 * @param fingerprintIndex the number of the polynomial for fingerprints ({@code -fp})
 * @param seed the seed of TLC's random numbers
 */
public record TlcResult(
    TlcOutcome outcome,
    TlcStatistics statistics,
    List<String> warnings,
    String version,
    List<String> command,
    OptionalInt exitCode,
    Duration wallTime,
    int fingerprintIndex,
    long seed) {
  /** Copy the lists. */
  public TlcResult {
    warnings = List.copyOf(warnings);
    command = List.copyOf(command);
  }
}
