/** Directories for the files that TLC needs while it runs. */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package io.ringfence.tlc.directory;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
