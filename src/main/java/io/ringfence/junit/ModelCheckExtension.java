package io.ringfence.junit;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes tests of a method with {@link ModelCheck}. TLC runs before the first of them. */
final class ModelCheckExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), ModelCheck.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ModelCheck check =
        AnnotationSupport.findAnnotation(context.getTestMethod(), ModelCheck.class).orElseThrow();
    return PropertyTests.of(check, context.getRequiredTestClass().getClassLoader()).stream()
        .map(TestTemplateInvocationContext.class::cast);
  }
}
