/** The results of a run for other tools: build servers, code scanning, summaries of jobs. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.report.ci;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
