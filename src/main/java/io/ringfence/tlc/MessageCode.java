package io.ringfence.tlc;

/** The codes of TLC's messages that decide something here; numbers as TLC 2.18 prints them. */
final class MessageCode {
  static final int GENERAL = 1000;
  static final int OUT_OF_MEMORY = 1001;
  static final int OUT_OF_MEMORY_TOO_MANY_INITIAL = 1002;
  static final int OUT_OF_MEMORY_LIVENESS = 1003;
  static final int STACK_OVERFLOW = 1005;
  static final int NESTED_EXPRESSION = 2103;
  static final int ASSUMPTION_FALSE = 2104;
  static final int ASSUMPTION_EVALUATION = 2105;
  static final int INVARIANT_VIOLATED_INITIALLY = 2107;
  static final int PROPERTY_VIOLATED_INITIALLY = 2108;
  static final int INVARIANT_VIOLATED = 2110;
  static final int ACTION_PROPERTY_VIOLATED = 2112;
  static final int DEADLOCK = 2114;
  static final int TEMPORAL_PROPERTY_VIOLATED = 2116;
  static final int BACK_TO_STATE = 2122;
  static final int BEHAVIOR_UP_TO_HERE = 2121;
  static final int ASSERT_FAILED = 2132;
  static final int TOO_MANY_POSSIBLE_STATES = 2172;
  static final int FINISHED = 2186;
  static final int MODE_BREADTH_FIRST = 2187;
  static final int INITIAL_STATES = 2190;
  static final int INITIAL_STATES_WITH_DUPLICATES = 2191;
  static final int CHECKING_TEMPORAL = 2192;
  static final int SUCCESS = 2193;
  static final int DEPTH = 2194;
  static final int TOTALS = 2199;
  static final int PROGRESS = 2200;
  static final int COVERAGE_START = 2201;
  static final int TEMPORAL_BRANCHES = 2212;
  static final int TRACE_STATE = 2217;
  static final int STUTTERING = 2218;
  static final int PARSER_END = 2219;
  static final int PARSER_START = 2220;
  static final int CONFIG_NOT_DEFINED = 2229;
  static final int VERSION = 2262;
  static final int COUNTEREXAMPLE = 2264;
  static final int TRACE_TOO_LONG = 2282;
  static final int COVERAGE_ACTION = 2772;
  static final int PARSING_FAILED = 3002;
  static final int CONFIG_FILE_FIRST = 5001;
  static final int CONFIG_FILE_LAST = 5006;

  private MessageCode() {}
}
