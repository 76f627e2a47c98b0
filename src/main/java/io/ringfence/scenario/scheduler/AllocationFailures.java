package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Which allocations are to fail. */
final class AllocationFailures {
  private final List<Rule> rules = new ArrayList<>();

  private static final class Rule {
    private final String prefix;
    private int countdown;

    Rule(String prefix, int countdown) {
      this.prefix = prefix;
      this.countdown = countdown;
    }
  }

  /** The next allocation of such a label fails, or the n-th from now. */
  void add(JsonNode step) {
    if (!step.has("what") && !step.has("nth")) {
      throw new BadStepException("it does not say which allocation is to fail: " + step);
    }
    rules.add(new Rule(step.path("what").asText(), step.path("nth").asInt(1)));
  }

  /** Counts an allocation, and says whether it fails. */
  boolean hits(String label) {
    boolean hit = false;
    for (Iterator<Rule> i = rules.iterator(); i.hasNext(); ) {
      Rule rule = i.next();
      if (label.startsWith(rule.prefix) && --rule.countdown == 0) {
        hit = true;
        i.remove();
      }
    }
    return hit;
  }
}
