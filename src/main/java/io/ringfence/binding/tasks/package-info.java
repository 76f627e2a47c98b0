/** System calls about tasks, bound to {@code spec/TaskSyscalls.tla}. */
@NullMarked
package io.ringfence.binding.tasks;

import org.jspecify.annotations.NullMarked;
