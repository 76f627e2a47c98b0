package io.ringfence.firmware.tasks;

import java.util.Arrays;
import java.util.List;

/** The words that an attacker in the memory domain overwrites, and with what. */
public enum TaskForgery {
  /** {@code task.priv_data} becomes NULL. */
  PRIV_NULL("priv=NULL"),
  /** {@code task.priv_data} becomes the address of an object of the kernel. */
  PRIV_KERNEL("priv=kernel"),
  /** {@code task.priv_data} becomes the address of other memory of the user's. */
  PRIV_OTHER("priv=other"),
  /** The DP task's thread becomes another one's. */
  THREAD_THEIRS("thread=theirs");

  private final String text;

  TaskForgery(String text) {
    this.text = text;
  }

  /** The names in the specification, in order. */
  public static List<String> texts() {
    return Arrays.stream(values()).map(forgery -> forgery.text).toList();
  }
}
