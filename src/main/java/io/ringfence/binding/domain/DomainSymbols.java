package io.ringfence.binding.domain;

import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a debugger knows of the firmware's functions: which of their labels are steps of the spec,
 * and where in a frame a local is. All other labels are parts of the step before them.
 */
final class DomainSymbols {
  private static final Map<String, String> PC_OF_LABEL =
      Map.ofEntries(
          Map.entry("S1_LOCK", "S1"),
          Map.entry("S5_INSERT", "S6"),
          Map.entry("S7_REGISTER", "S7"),
          Map.entry("S7_REGISTERED", "S7b"),
          Map.entry("P1_CHECK_HANDLER", "P1"),
          Map.entry("P1_CHECK_THREAD", "P1"),
          Map.entry("P2_SET_HANDLER", "P2"),
          Map.entry("P3_INIT_SEM", "P3"),
          Map.entry("P4_CREATE_THREAD", "P4"),
          Map.entry("P5_LOCK", "P5"),
          Map.entry("P6_CHECK_TIMER", "P6"),
          Map.entry("P6_START_TIMER", "P6b"),
          Map.entry("P7_UNLOCK", "P7"),
          Map.entry("F1_LOCK", "F1"),
          Map.entry("F5_UNLOCK", "F5"),
          Map.entry("D1_UNLINK", "U1"),
          Map.entry("Q1_CHECK_TASKS", "Q1"),
          Map.entry("Q2_LOCK", "Q2"),
          Map.entry("Q3_CHECK_TOTAL", "Q3"),
          Map.entry("Q3_STOP_TIMER", "Q3b"),
          Map.entry("Q4_CLEAR_HANDLER", "Q4"),
          Map.entry("Q5_ABORT", "Q5"),
          Map.entry("I2_REARM", "I2"),
          Map.entry("I3_READ_DATA", "I3"),
          Map.entry("I4_STOP_TIMER", "I4"),
          Map.entry("I5_TEST_HANDLER", "I5"),
          Map.entry("I6_GIVE", "I6"),
          Map.entry("L0_TAKE", "L0"),
          Map.entry("L1_HANDLER", "L1"),
          Map.entry("L2_CALL", "L2"),
          Map.entry("R1_LOCK", "R1"),
          Map.entry("R2_CHOOSE", "R2"),
          Map.entry("R2D_WAIT", "R2d"),
          Map.entry("V1_CHECK_CORE", "V1"),
          Map.entry("V2_CHECK_THREAD", "V2"),
          Map.entry("V3_CLEAR_HANDLER", "V3"),
          Map.entry("V4_ALLOC_SEM", "V4"),
          Map.entry("V5_ALLOC_THREAD", "V5"),
          Map.entry("V6_CREATE_THREAD", "V6"),
          Map.entry("V8_START", "V8"),
          Map.entry("V9_LOCK", "V9"),
          Map.entry("V9_CHECK_TIMER", "V9b"),
          Map.entry("V9_START_TIMER", "V9c"),
          Map.entry("V9_UNLOCK", "V9d"),
          Map.entry("X2_GRANT", "G1"),
          Map.entry("Y0_TAKE_LOCK", "X0"),
          Map.entry("Y1_FREE_LOCK", "X1"),
          Map.entry("W1_LOCK", "X2"),
          Map.entry("W1_AWAIT_TICK", "X0"),
          Map.entry("W2_STOP_TIMER", "X3"),
          Map.entry("W2_CLEAR_HANDLER", "X4"),
          Map.entry("W3_ABORT", "X5"),
          Map.entry("W4_FREE_SEM", "X6"));

  /** No step of the spec. */
  static final String UNSEEN = "";

  /** The step in place of S7b if the domain refused. */
  private static final String REFUSED = "S8";

  private final Kernel kernel;
  private final Int2ObjectOpenHashMap<String[]> pcs = new Int2ObjectOpenHashMap<>();

  DomainSymbols(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The spec's name of the label that a frame is at, or UNSEEN. */
  String pc(int thread, int frame) {
    int function = kernel.functionOf(frame);
    String[] known = pcs.get(function);
    if (known == null) {
      known = pcs(kernel.routineOf(frame));
      pcs.put(function, known);
    }
    String name = known[kernel.pcOf(frame)];
    return name.equals("S7b") && kernel.frameAt(thread, frame).result() < 0 ? REFUSED : name;
  }

  private static String[] pcs(Routine routine) {
    String[] names = new String[routine.labels()];
    for (int label = 0; label < names.length; label++) {
      names[label] = PC_OF_LABEL.getOrDefault(routine.label(label), UNSEEN);
    }
    return names;
  }

  /** Whether the spec has a step at a label of this name. */
  static boolean isStep(String pc) {
    return PC_OF_LABEL.containsValue(pc) || pc.equals(REFUSED);
  }

  /** A word of a frame, by the name that the source gives it; null if its function has none. */
  @Nullable Integer local(int frame, String name) {
    for (Field field : kernel.routineOf(frame).frame().fields()) {
      if (field.name().equals(name)) {
        return kernel.cpu().ram().load32(field.in(frame));
      }
    }
    return null;
  }
}
