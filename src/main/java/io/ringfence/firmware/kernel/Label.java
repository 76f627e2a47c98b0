package io.ringfence.firmware.kernel;

/**
 * Where a thread can be between two atomic steps: the label names the next step. The steps are
 * those of {@code scheduler_init} (I), {@code scheduler_register} (G) and {@code
 * schedule_task_init} (T).
 */
public enum Label {
  /** No call in progress. */
  IDLE("idle"),
  /** The thread was killed. */
  DEAD("oops"),
  /** {@code scheduler_init}: are the mandatory operations there? */
  I2_VALIDATE_OPS("I2_ValidateOps"),
  /** Allocate the node. */
  I3_ALLOC_NODE("I3_AllocNode"),
  /** Zero the node. */
  I4_ZERO("I4_Zero"),
  /** Fill the node. */
  I4_FILL("I4_Fill"),
  /** {@code scheduler_register}: which slot? */
  G1_PICK_SLOT("G1_PickSlot"),
  /** Allocate the list head. */
  G2_ALLOC_HEAD("G2_AllocHead"),
  /** Zero the list head. */
  G2_ZERO_HEAD("G2_ZeroHead"),
  /** Make the list head an empty list. */
  G2_INIT_HEAD("G2_InitHead"),
  /** Append the node to the list. */
  G3_APPEND("G3_Append"),
  /** {@code schedule_task_init}: which list? */
  T2_PICK_LIST("T2_PickList"),
  /** Is there a list? */
  T3_CHECK_LIST("T3_CheckList"),
  /** Unbind the task, walk the list, bind the task. */
  T4_WALK("T4_Walk"),
  /** No scheduler of the type was found. */
  T5_NOT_FOUND("T5_NotFound"),
  /** Store the arguments in the task. */
  T6_STORE("T6_Store");

  private static final Label[] VALUES = values();

  private final String text;

  Label(String text) {
    this.text = text;
  }

  /** The label as it is written in the brief and in the specification. */
  public String text() {
    return text;
  }

  /** Reads a label back from RAM. */
  public static Label at(int ordinal) {
    return VALUES[ordinal];
  }
}
