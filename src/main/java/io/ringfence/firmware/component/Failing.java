package io.ringfence.firmware.component;

/** What keeps a component from being prepared. */
public enum Failing {
  /** Nothing does. */
  NOTHING("nothing"),
  /** There is no memory for the task. */
  TASK("task"),
  /** There is no memory for what the scheduler keeps of the task. */
  PRIVATE_DATA("private data"),
  /** The component's own prepare fails. */
  COMPONENT("component");

  private final String text;

  Failing(String text) {
    this.text = text;
  }

  /** Its name in the specification. */
  public String text() {
    return text;
  }
}
