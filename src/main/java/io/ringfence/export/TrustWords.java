package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words in user memory that the kernel follows, and what an attacker stores there, in C. */
final class TrustWords {
  /** Where a word lies, as an expression that can be assigned to. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("task.sch", "task.sch"),
          Map.entry("task.next", "task.list.next"),
          Map.entry("task.priv_data", "task.priv_data"),
          Map.entry("sem_p", "((void **)task.priv_data)[1]"),
          Map.entry("sch.ops", "task.sch->ops"),
          Map.entry("tasks.next", "ll()->tasks.next"),
          Map.entry("first.prev", "ll()->tasks.next->prev"),
          Map.entry("lock", "ll()->lock"),
          Map.entry("sch.heap", "ll()->heap"),
          Map.entry("domain.ops", "timer_domain_get()->ops"),
          Map.entry("domain.priv_data", "timer_domain_get()->priv_data"),
          Map.entry("domain.lock", "timer_domain_get()->lock"),
          Map.entry("ll_thread", "core_data()->ll_thread"),
          Map.entry("sem", "core_data()->sem"),
          Map.entry("handler", "core_data()->handler"),
          Map.entry("u_slot", "*arch_user_schedulers_get_for_core(1)"),
          Map.entry("u_prev", "(*arch_user_schedulers_get_for_core(1))->list.prev"),
          Map.entry("dp.schedule_task", "*(void **)&dp_task.sch->ops->schedule_task"),
          Map.entry("ipc_user_pdata", "ipc_get()->ipc_user_pdata"),
          Map.entry("ipc.thread", "ipc_get()->ipc_user_pdata->thread"),
          Map.entry("ipc.sem", "ipc_get()->ipc_user_pdata->sem"),
          Map.entry("event", "ipc_get()->ipc_user_pdata->event"),
          Map.entry("tx_data", "ipc_get()->ipc_user_pdata->reply_tx_data"),
          Map.entry("work.handler", "*(void **)&ipc_get()->z_delayed_work.work.handler"));

  /** The words that lead to a table of functions, or to a function. */
  private static final Set<String> TABLES = Set.of("task.sch", "sch.ops", "domain.ops");

  private static final Set<String> FUNCTIONS =
      Set.of("handler", "dp.schedule_task", "work.handler");

  private TrustWords() {}

  /** The store of an attacker. */
  static List<String> overwrite(ActionCall call) {
    String word = ActionArguments.text(call, "w");
    String content = ActionArguments.text(call, "c");
    if (word.equals("tx_size")) {
      return Faults.allowed("ipc_get()->ipc_user_pdata->reply_tx_size = 0x100000;");
    }
    if (word.equals("owner")) {
      return Faults.allowed("replace_word(ringfence_tids[0], other);");
    }
    if (word.equals("locks")) {
      return Faults.allowed("replace_word(ll()->lock, " + content(word, content) + ");");
    }
    String place = WORDS.get(word);
    if (place == null) {
      throw new ExportException(call + ": no such word");
    }
    return Faults.allowed(place + " = " + content(word, content) + ";");
  }

  private static String content(String word, String content) {
    String object =
        switch (content) {
          case "NULL" -> "NULL";
          case "unmapped" -> "(void *)16";
          case "kernel", "other", "freed", "forged" -> content;
          default -> throw new ExportException("'" + content + "' is no content of a word");
        };
    if (object.equals("NULL") || object.startsWith("(")) {
      return object;
    }
    if (FUNCTIONS.contains(word)) {
      return "call_astray";
    }
    return TABLES.contains(word) ? "table(" + object + ")" : "(void *)" + object;
  }
}
