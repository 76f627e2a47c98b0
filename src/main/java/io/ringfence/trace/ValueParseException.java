package io.ringfence.trace;

/** Text that is not a TLA+ value; the message says where, and what was expected. */
public final class ValueParseException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  ValueParseException(String problem, int line, int column) {
    super("line " + line + ", column " + column + ": " + problem);
    this.line = line;
    this.column = column;
  }

  /** Return the line of the first character that does not fit, from 1. */
  public int line() {
    return line;
  }

  /** Return the column of the first character that does not fit, from 1. */
  public int column() {
    return column;
  }
}
