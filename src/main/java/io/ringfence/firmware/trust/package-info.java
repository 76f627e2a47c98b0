/** What the kernel does with words that user threads can write. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.trust;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
