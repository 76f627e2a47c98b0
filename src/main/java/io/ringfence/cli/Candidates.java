package io.ringfence.cli;

import io.ringfence.firmware.Variant;
import io.ringfence.verify.BadInputException;
import io.ringfence.verify.Manifest;
import io.ringfence.verify.ManifestReader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What a shell offers for an argument. */
final class Candidates {
  private Candidates() {}

  /** The models of this checkout; none if its manifest cannot be read. */
  static final class Models implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      try {
        return ManifestReader.read(GlobalOptions.home().models()).models().stream()
            .map(Manifest.Model::name)
            .iterator();
      } catch (BadInputException e) {
        return List.<String>of().iterator();
      }
    }
  }

  /** The scopes. */
  static final class Scopes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ModelSelection.SCOPES.iterator();
    }
  }

  /** The variants. */
  static final class Variants implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.of(Variant.values()).map(Variant::name).iterator();
    }
  }
}
