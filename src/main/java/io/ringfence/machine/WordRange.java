package io.ringfence.machine;

/**
 * A run of consecutive 32-bit words.
 *
 * @param address the address of the first word, a multiple of 4
 * @param words how many words, at least 1
 */
public record WordRange(int address, int words) {}
