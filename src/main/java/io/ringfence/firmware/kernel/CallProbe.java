package io.ringfence.firmware.kernel;

/**
 * What a probe on the processor saw of the last step: who took it, and what function was called. It
 * is not in RAM, just as the processor's registers are not: no step depends on it.
 */
public final class CallProbe {
  /** The number of nobody: hardware, for example. */
  public static final int NOBODY = -1;

  private int caller = NOBODY;
  private String function = "";
  private Why why = Why.NOTHING;

  /**
   * Notes a step.
   *
   * @param by who takes it, by the number that the firmware gives it
   * @param name the function in C; empty if it is an access to memory only
   */
  public void called(int by, String name) {
    caller = by;
    function = name;
    why = Why.NOTHING;
  }

  /** Notes what ended the step early. */
  public void ended(Why by) {
    why = by;
  }

  /** Who took the last step, or {@link #NOBODY}. */
  public int caller() {
    return caller;
  }

  /** The function in C that was called; empty if it was an access to memory only. */
  public String function() {
    return function;
  }

  /** What ended the last step early, or {@link Why#NOTHING}. */
  public Why why() {
    return why;
  }
}
