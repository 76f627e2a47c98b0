/**
 * The adapter to TLC's classes. It is compiled against the TLA+ tools and loaded, together with
 * them, by a class loader per model; outside code reaches it through the interfaces of {@link
 * io.ringfence.tlc.eval} only, and names no class of this package.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.tlc.isolated;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
