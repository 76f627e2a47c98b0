/** The allocator of virtual pages with clients that keep pointers to what they allocated. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.pages;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
