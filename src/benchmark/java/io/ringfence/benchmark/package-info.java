/** Benchmarks in the sense of JMH; the README says how to run them. */
@NullUnmarked
package io.ringfence.benchmark;

import org.jspecify.annotations.NullUnmarked;
