package io.ringfence.scenario.scheduler;

/** The callbacks of a step never come to an end. */
final class Livelock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Livelock(int most) {
    super("more than " + most + " task runs in one step", null, false, false);
  }
}
