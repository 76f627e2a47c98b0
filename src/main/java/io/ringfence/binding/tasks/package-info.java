/** System calls about tasks, bound to {@code spec/TaskSyscalls.tla}. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.binding.tasks;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
