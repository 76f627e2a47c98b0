/**
 * The catalogue of models, the closed set of verdicts, and the record of a run ({@code run.json})
 * from which every report is rendered.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.verify;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
