/**
 * Clients that stand in for the LL scheduler where only its timer domain matters: they count tasks
 * as SOF {@code src/schedule/zephyr_ll.c} does at 12dd726529, have no lists of them, and call the
 * domain's operations. The labels are those of the specification {@code LlDomain}.
 */
@NullMarked
package io.ringfence.firmware.domain;

import org.jspecify.annotations.NullMarked;
