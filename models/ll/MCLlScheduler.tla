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
AnyOutcome == {"ok", "no_pdata", "no_record", "no_sem"}

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

ABC == {"a", "b", "c"}
Ipcs == {"ipc0", "ipcx0"}
User == {"user0"}
UserAndIpc == {"ipc0", "user0"}
LLAlone == {LL}
Urgent == [k \in Tasks |-> CASE k = "a" -> 5 [] k = "b" -> 0 - 1 [] k = "c" -> 5]
\* The second client schedules, cancels and frees what the first initializes.
Shared == [t \in Threads |->
  CASE t = LL -> Nothing
    [] t = "ipcx0" -> [Everything EXCEPT !.init = {}]
    [] OTHER -> Everything]
\* The tasks are placed by references, too.
Placed == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.before = Tasks, !.after = Tasks]
  ELSE [Everything EXCEPT !.before = Tasks, !.after = Tasks]]
PlacedByClients == [t \in Threads |->
  IF t = LL THEN Nothing
  ELSE [Everything EXCEPT !.before = Tasks, !.after = Tasks]]

\* Clients set tasks up, and that is all.
SetUp == [Nothing EXCEPT !.init = Tasks, !.schedule = Tasks]
Started == [t \in Threads |-> IF t = LL THEN Nothing ELSE SetUp]
StartedCalling == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.schedule = Tasks] ELSE SetUp]
Completed == {"COMPLETED"}

Bounded == ntasks <= MaxCount
NoFaultInv == halt.why = "no"
=============================================================================
