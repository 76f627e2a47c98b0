/** The allocator of virtual pages, bound to {@code spec/VirtualPages.tla}. */
@NullMarked
package io.ringfence.binding.pages;

import org.jspecify.annotations.NullMarked;
