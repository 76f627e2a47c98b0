/** A machine with all heaps, kernel clients and threads of user space. */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.isolation;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
