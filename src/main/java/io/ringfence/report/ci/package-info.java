/** The results of a run for other tools: build servers, code scanning, summaries of jobs. */
@NullMarked
package io.ringfence.report.ci;

import org.jspecify.annotations.NullMarked;
