/** The allocator of virtual pages, bound to {@code spec/VirtualPages.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.pages;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
