/**
 * Model checks as JUnit 5 tests: {@link io.ringfence.junit.ModelCheck} checks a specification of
 * your own with TLC, and reports a test for each of its properties.
 *
 * <p>Nothing here knows of any firmware. JUnit is the caller's: this library does not bring it.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package io.ringfence.junit;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
