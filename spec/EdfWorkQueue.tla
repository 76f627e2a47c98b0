---------------------------- MODULE EdfWorkQueue -----------------------------
(***************************************************************************)
(* Threads, tasks, and Zephyr's work queue as far as the EDF scheduler     *)
(* uses it (kernel/work.c): a work item that waits for its time is in the  *)
(* list of timeouts; when the time has come it is in the queue's list as   *)
(* well as, perhaps, in the list of timeouts again. Each function holds    *)
(* the lock of work items from its first to its last access.               *)
(*                                                                         *)
(* A work item lies in the task. So whoever walks a list, or edits it next *)
(* to a work item, touches that task.                                      *)
(***************************************************************************)
EXTENDS EdfDesign

VARIABLES
  mem,      \* mem[k]: "none" (zeroed), "live", or "gone": the client released it
  state,    \* state[k]: task.state; "-" if there is no task
  run,      \* run[k]: whether task.ops.run leads to a function
  flags,    \* flags[k]: the flags of the work item
  pending,  \* the queue's list, from its head along the links
  delayed,  \* the list of timeouts, earliest first, along the links
  held,     \* held[k]: the clients' note that the task is initialized and not freed
  order,    \* order[k]: the clients' note of what they called last
  ret,      \* ret[t]: what a client's last call returned
  status,   \* status[t]: "ready" or "pended"
  stack,    \* stack[t]: the frames of thread t, innermost last
  halt      \* why the firmware stands, and who was running

vars == <<mem, state, run, flags, pending, delayed, held, order, ret, status, stack, halt>>

-----------------------------------------------------------------------------
(* Work items and lists: functions on a record w.                          *)
Work == [flags |-> flags, pending |-> pending, delayed |-> delayed, wakes |-> FALSE]

Range(s) == {s[i] : i \in DOMAIN s}
IsIn(s, k) == k \in Range(s)
Without(s, k) == SelectSeq(s, LAMBDA x : x # k)
Index(s, k) == CHOOSE i \in DOMAIN s : s[i] = k
UpTo(s, k) == SubSeq(s, 1, Index(s, k))
Neighbors(s, k) == {s[i] : i \in DOMAIN s \cap {Index(s, k) - 1, Index(s, k) + 1}}
Last(s) == IF s = <<>> THEN {} ELSE {s[Len(s)]}

\* unschedule_locked()
Unschedule(w, k) ==
  IF "delayed" \in w.flags[k]
    THEN [w EXCEPT !.flags[k] = @ \ {"delayed"}, !.delayed = Without(@, k)]
    ELSE w
UnscheduleTouches(w, k) ==
  {k} \cup (IF "delayed" \in w.flags[k] THEN Neighbors(w.delayed, k) ELSE {})

\* submit_to_queue_locked()
Accepts(w, k) == w.flags[k] \cap {"canceling", "queued"} = {}
Submit(w, k) ==
  IF Accepts(w, k)
    THEN [w EXCEPT !.flags[k] = @ \cup {"queued"}, !.pending = Append(@, k), !.wakes = TRUE]
    ELSE w
SubmitTouches(w, k) == {k} \cup (IF Accepts(w, k) THEN Last(w.pending) ELSE {})

\* k_work_reschedule_for_queue()
Reschedule(w, k, delay) ==
  LET u == Unschedule(w, k)
  IN  IF delay = "now" THEN Submit(u, k)
      ELSE [u EXCEPT !.flags[k] = @ \cup {"delayed"}, !.delayed = Append(@, k)]
RescheduleTouches(w, k, delay) ==
  LET u == Unschedule(w, k)
  IN  UnscheduleTouches(w, k)
      \cup (IF delay = "now" THEN SubmitTouches(u, k) ELSE Range(u.delayed))

\* cancel_delayable_async_locked()
Cancel(w, k) ==
  LET u == Unschedule(w, k)
      v == IF "queued" \in u.flags[k]
             THEN [u EXCEPT !.flags[k] = @ \ {"queued"}, !.pending = Without(@, k)]
             ELSE u
  IN  IF v.flags[k] = {} THEN v ELSE [v EXCEPT !.flags[k] = @ \cup {"canceling"}]
CancelTouches(w, k) ==
  UnscheduleTouches(w, k)
  \cup (IF "queued" \in w.flags[k] THEN Range(UpTo(w.pending, k)) ELSE {})

\* k_work_init_delayable(): the links out of the item are gone, those to it are not.
InitWork(w, k) ==
  LET cut(s) == IF IsIn(s, k) THEN UpTo(s, k) ELSE s
  IN  [w EXCEPT !.flags[k] = {}, !.pending = cut(@), !.delayed = cut(@)]

-----------------------------------------------------------------------------
(* Threads and frames.                                                     *)
Alive == halt.why = "no"

Active(t) == status[t] = "ready" /\ stack[t] # <<>>
\* A thread can take a step, if it is not kept off the processor by a better one.
MayRun(t) ==
  /\ Alive /\ status[t] = "ready"
  /\ Discipline = "UP" => \A u \in Threads : Rank(u) < Rank(t) => ~Active(u)

Frame(fn, pc, k, arg) == [fn |-> fn, pc |-> pc, task |-> k, arg |-> arg]
Top(t) == stack[t][Len(stack[t])]
At(t, pc) == stack[t] # <<>> /\ Top(t).pc = pc /\ MayRun(t)
Front(s) == SubSeq(s, 1, Len(s) - 1)

Goes(t, pc) == [stack EXCEPT ![t] = Append(Front(@), [Top(t) EXCEPT !.pc = pc])]
Pushes(t, frame) == [stack EXCEPT ![t] = Append(@, frame)]
Pops(t) == [stack EXCEPT ![t] = Front(@)]

Frames == UNION {Range(stack[t]) : t \in Threads}
\* The calls that are in progress for a task, those of a thread left out.
CallsOf(k, but) ==
  {f \in UNION {Range(stack[t]) : t \in Threads \ but} :
     f.task = k /\ f.fn \in {"schedule", "cancel", "free"}}
\* The task whose handler is on the queue's thread, or none.
Handled == {f.task : f \in {g \in Range(stack["edf"]) : g.fn = "handler"}}

-----------------------------------------------------------------------------
(* Steps: what they touch decides whether they fault.                      *)
Gone == {k \in Tasks : mem[k] = "gone"}

Halts(t, why) ==
  /\ halt' = [why |-> why, by |-> t]
  /\ UNCHANGED <<mem, state, run, flags, pending, delayed, held, order, ret, status, stack>>

\* A step that touches released memory stops the firmware.
Touching(t, touched, step) == IF touched \cap Gone # {} THEN Halts(t, "uaf") ELSE step

\* The lists and flags become those of w, and the queue's thread is woken if there is work.
Works(w) ==
  /\ flags' = w.flags /\ pending' = w.pending /\ delayed' = w.delayed
  /\ status' = IF w.wakes /\ stack["edf"] # <<>> /\ Top("edf").pc = "W0_Take"
                 THEN [status EXCEPT !["edf"] = "ready"] ELSE status
SameWork == UNCHANGED <<flags, pending, delayed, status>>
SameTask == UNCHANGED <<mem, run, held, halt>>
=============================================================================
