/**
 * Clients that stand in for the LL scheduler where only its timer domain matters: whoever drives
 * them chooses which tasks are done in a tick, and when a task is freed that waits for its turn.
 * They schedule and finish tasks as SOF {@code src/schedule/zephyr_ll.c} does at 12dd726529. The
 * labels are those of the specification {@code LlDomain}.
 */
@API(status = API.Status.INTERNAL)
@NullMarked
package io.ringfence.firmware.domain;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
