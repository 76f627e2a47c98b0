/** The command line: one class for each subcommand. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.cli;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
