package io.ringfence.scenario;

import java.util.List;

/**
 * The first step after which the firmware is not as the recording.
 *
 * @param step index of the step, from 0
 * @param operation the step as the scenario has it
 * @param fields one line for each member that differs, recording first
 */
public record Mismatch(int step, String operation, List<String> fields) {}
