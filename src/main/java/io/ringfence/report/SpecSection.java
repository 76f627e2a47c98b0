package io.ringfence.report;

import io.ringfence.verify.RunRecord;
import java.util.List;

/**
 * What a run shows of one spec.
 *
 * @param spec its module name
 * @param variants its properties against the designs
 * @param defects its properties against single defects and fixes
 */
public record SpecSection(String spec, Matrix variants, Matrix defects) {
  /** The sections of a run, one for each spec, in the order of its models. */
  static List<SpecSection> of(RunRecord run) {
    return run.models().stream()
        .map(RunRecord.ModelRecord::spec)
        .distinct()
        .map(
            spec ->
                new SpecSection(spec, Matrix.ofVariants(run, spec), Matrix.ofDefects(run, spec)))
        .toList();
  }
}
