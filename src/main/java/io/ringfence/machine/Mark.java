package io.ringfence.machine;

/**
 * A point in the undo log of a {@link Ram}, to be given to {@link Ram#undoTo}.
 *
 * @param epoch the life of the log in which the mark was set
 * @param position the length of the log at that time
 */
public record Mark(int epoch, int position) {}
