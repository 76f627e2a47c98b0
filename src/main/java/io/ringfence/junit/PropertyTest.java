package io.ringfence.junit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * A test whose verdict is known.
 *
 * @param name what is tested
 * @param failure why it fails; null if it passes
 */
record PropertyTest(String name, @Nullable String failure)
    implements TestTemplateInvocationContext {
  @Override
  public String getDisplayName(int invocationIndex) {
    return name;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return failure == null
        ? List.of()
        : List.of((BeforeTestExecutionCallback) context -> Assertions.fail(failure));
  }
}
