--------------------------- MODULE MCLlScheduler ---------------------------
(***************************************************************************)
(* Bounds and instances for LlScheduler. Each cfg beside this file is one  *)
(* claim; it picks from the definitions below.                             *)
(***************************************************************************)
EXTENDS LlScheduler

CONSTANT MaxCount   \* how often tasks may be linked

A == {"a"}
AB == {"a", "b"}
NoTasks == {}
Equal == [k \in Tasks |-> 5]
Ipc == {"ipc0"}
OnHome == [t \in Threads |-> Home]
NoThreads == {}
Again == {"RESCHEDULE"}
Both == {"RESCHEDULE", "COMPLETED"}
CanBlock == {LL}
Patient == {}
Ok == {"ok"}

Nothing == [init |-> {}, schedule |-> {}, before |-> {}, after |-> {}, cancel |-> {}, free |-> {}]
Everything ==
  [init |-> Tasks, schedule |-> Tasks, before |-> {}, after |-> {}, cancel |-> Tasks,
   free |-> Tasks]
OnlyClients == [t \in Threads |-> IF t = LL THEN Nothing ELSE Everything]
All == [t \in Threads |-> IF t = LL THEN [Everything EXCEPT !.init = {}] ELSE Everything]

\* Callbacks do to b, and clients to a, what only one may do.
Split == [t \in Threads |->
  IF t = LL THEN [Everything EXCEPT !.init = {}, !.free = {"b"}]
  ELSE [Everything EXCEPT !.free = {"a"}]]
\* Clients do everything, callbacks schedule.
Callbacks == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.schedule = Tasks] ELSE Everything]

Bounded == ntasks <= MaxCount
NoFaultInv == halt.why = "no"
=============================================================================
