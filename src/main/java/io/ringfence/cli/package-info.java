/** The command line: one class for each subcommand. */
@NullMarked
package io.ringfence.cli;

import org.jspecify.annotations.NullMarked;
