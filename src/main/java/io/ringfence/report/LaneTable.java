package io.ringfence.report;

import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a counterexample over time: a row for each step, a column for each thread on a
 * core, and one for each list.
 *
 * @param outside whether there is a column for what no thread does
 * @param counters whether there is a column for numbers
 * @param statuses what the threads are ever doing, for the legend
 * @param locks the kinds of lock that are ever held or wanted, for the legend
 */
public record LaneTable(
    List<Column> columns,
    List<String> lists,
    boolean outside,
    boolean counters,
    Set<Status> statuses,
    Set<LockKind> locks,
    List<Row> rows) {

  /**
   * A thread on a core.
   *
   * @param modes the modes that it is ever in: a user thread can be in a system call
   * @param bars how many locks it ever holds or wants
   */
  public record Column(String thread, String core, Set<Mode> modes, int bars) {
    boolean is(Lane lane) {
      return lane.name().equals(thread) && lane.core().equals(core);
    }
  }

  /**
   * A step.
   *
   * @param index position in the trace
   * @param action the action with its arguments; empty for the initial state
   * @param actor the column of the thread that took the step, or -1
   * @param cells one for each column
   * @param lists one for each list; none if the firmware did not come here
   * @param counters the numbers that changed
   * @param notes what went wrong, or what follows
   * @param orphans locks that somebody holds who has no column
   */
  public record Row(
      int index,
      String action,
      int actor,
      List<Cell> cells,
      List<ListCell> lists,
      List<ThreadPicture.Counter> counters,
      List<String> notes,
      List<String> orphans) {}

  /**
   * A thread after a step. All is empty if there is no such thread.
   *
   * @param tint the name of its status, for the color
   * @param status what it is doing
   * @param label where it goes on
   * @param calls the functions that it is in, or that it called and that are over
   */
  public record Cell(String tint, Said status, Said label, Said calls, List<LockBar> bars) {}

  /**
   * A text. One that is no news is for those who cannot see the rows above.
   *
   * @param text may be empty
   */
  public record Said(String text, boolean news) {
    static final Said NOTHING = new Said("", false);

    static Said of(String text, @Nullable String before) {
      return new Said(text, !text.equals(before));
    }
  }
}
