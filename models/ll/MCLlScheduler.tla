--------------------------- MODULE MCLlScheduler ---------------------------
(***************************************************************************)
(* Bounds and instances for LlScheduler. Each cfg beside this file is one  *)
(* claim; it picks from the definitions below.                             *)
(***************************************************************************)
EXTENDS LlScheduler

A == {"a"}
AB == {"a", "b"}
Equal == [k \in Tasks |-> 5]
Ipc == {"ipc0"}
OnHome == [t \in Threads |-> Home]
Again == {"RESCHEDULE"}
Both == {"RESCHEDULE", "COMPLETED"}
CanBlock == {LL}
Ok == {"ok"}
AnyOutcome == {"ok", "no_pdata", "no_record", "no_sem"}

Nothing == [init |-> {}, schedule |-> {}, before |-> {}, after |-> {}, cancel |-> {}, free |-> {}]
Everything ==
  [init |-> Tasks, schedule |-> Tasks, before |-> {}, after |-> {}, cancel |-> Tasks,
   free |-> Tasks]
OnlyClients == [t \in Threads |-> IF t = LL THEN Nothing ELSE Everything]
All == [t \in Threads |-> IF t = LL THEN [Everything EXCEPT !.init = {}] ELSE Everything]
\* Clients set tasks up, and that is all.
SetUp == [Nothing EXCEPT !.init = Tasks, !.schedule = Tasks]
\* Clients set tasks up. Callbacks call about a: its own, and that of the other
\* task, before and after a has run in a tick.
CallbacksStartAndFreeA == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.schedule = {"a"}, !.free = {"a"}] ELSE SetUp]
CallbacksCallA == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.schedule = {"a"}, !.cancel = {"a"}, !.free = {"a"}]
  ELSE SetUp]
\* A second client does so, too.
CallbacksAndClientCallA == [t \in Threads |->
  IF t = "ipcx0" THEN [Nothing EXCEPT !.cancel = {"a"}, !.free = {"a"}]
  ELSE CallbacksCallA[t]]
\* Any callback calls about any task.
CallbacksCallAll == [t \in Threads |->
  IF t = LL THEN [Everything EXCEPT !.init = {}] ELSE SetUp]

\* The client starts a, whose callback starts b.
CallbackStartsB == [t \in Threads |->
  IF t = LL THEN [Nothing EXCEPT !.schedule = {"b"}]
  ELSE [Nothing EXCEPT !.init = Tasks, !.schedule = {"a"}]]

ABC == {"a", "b", "c"}
Ipcs == {"ipc0", "ipcx0"}
User == {"user0"}
UserAndIpc == {"ipc0", "user0"}
LLAlone == {LL}
UserAndLL == {"user0", LL}
OtherCore == {"ipc0", "ipc1"}
ByCore == [t \in Threads |-> IF t = "ipc1" THEN "c1" ELSE Home]
Urgent == [k \in Tasks |-> CASE k = "a" -> 5 [] k = "b" -> 0 - 1 [] k = "c" -> 5]
\* The second client schedules, cancels and frees what the first initializes.
Shared == [t \in Threads |->
  CASE t = LL -> Nothing
    [] t = "ipc0" -> Everything
    [] OTHER -> [Everything EXCEPT !.init = {}]]
\* The IPC thread initializes, schedules and frees what the user thread schedules
\* and cancels.
SharedByUser == [t \in Threads |->
  CASE t = LL -> Nothing
    [] t = "ipc0" -> [SetUp EXCEPT !.free = Tasks]
    [] OTHER -> [Nothing EXCEPT !.schedule = Tasks, !.cancel = Tasks]]
SharedByUserAndCallbacks == [SharedByUser EXCEPT ![LL] = [Everything EXCEPT !.init = {}]]
\* One core sets tasks up, the other one frees them.
Remote == [t \in Threads |->
  CASE t = "ipc0" -> SetUp
    [] t = "ipc1" -> [Nothing EXCEPT !.free = Tasks]
    [] OTHER -> Nothing]
Cancelled == [t \in Threads |-> IF t = LL THEN Nothing ELSE [SetUp EXCEPT !.cancel = Tasks]]
CancelledA == [t \in Threads |-> IF t = LL THEN Nothing ELSE [SetUp EXCEPT !.cancel = {"a"}]]
Started == [t \in Threads |-> IF t = LL THEN Nothing ELSE SetUp]
\* Each client has a task.
OneEach == [t \in Threads |->
  LET mine == CASE t = LL -> {} [] t = "ipc0" -> {"a"} [] OTHER -> {"b"}
  IN  [Nothing EXCEPT !.init = mine, !.schedule = mine, !.free = mine]]
Completed == {"COMPLETED"}
\* Three clients of the scheduler's core, as none of another one may call it.
Three == {"ipc0", "ipcx0", "user0"}
\* Each client has a task.
OneEachOfThree == [t \in Threads |->
  LET mine == CASE t = LL -> {} [] t = "ipc0" -> {"a"} [] t = "ipcx0" -> {"b"} [] OTHER -> {"c"}
  IN  [Nothing EXCEPT !.init = mine, !.schedule = mine, !.free = mine]]
\* They place tasks beside others.
PlacedOnly == [t \in Threads |->
  IF t = LL THEN Nothing ELSE [SetUp EXCEPT !.before = {"a"}, !.after = {"b"}]]

\* Bugs may count, and lock, without end.
Bounded == ntasks <= MaxCount /\ mutex.depth <= 3
BoundedTotal == Bounded /\ total >= -1
=============================================================================
