--------------------------- MODULE TaskLifecycle ---------------------------
(***************************************************************************)
(* The life of tasks under a scheduler that runs them once a period, with  *)
(* every detail left out: who owns a task, whether it is executing, and    *)
(* what was promised to whoever scheduled it.                              *)
(*                                                                         *)
(* A task is in one list at most. What was accepted is run, unless it is   *)
(* cancelled or freed. A task is freed only when nobody has it any more.   *)
(***************************************************************************)
CONSTANT Tasks

VARIABLES
  alive,      \* the tasks that are initialized and not freed
  lists,      \* lists[k]: the lists that k is in
  executing,  \* the task whose callback executes, or "null"
  promised,   \* the tasks that were scheduled and have not been run since
  freeing     \* the tasks that somebody is freeing

vars == <<alive, lists, executing, promised, freeing>>

Init ==
  /\ alive = {}
  /\ lists = [k \in Tasks |-> {}]
  /\ executing = "null"
  /\ promised = {}
  /\ freeing = {}

Initialize(k) ==
  /\ k \notin alive /\ lists[k] = {}
  /\ alive' = alive \cup {k}
  /\ UNCHANGED <<lists, executing, promised, freeing>>

\* A task that is in no list is put in one. Of those that are in one, a cancelled
\* one and the one that executes are promised another run.
Accept(k) ==
  /\ k \in alive \ freeing
  /\ \/ lists[k] = {} /\ \E x \in {"main", "temp"} : lists' = [lists EXCEPT ![k] = {x}]
     \/ lists[k] # {} /\ UNCHANGED lists
  /\ promised' = promised \cup {k}
  /\ UNCHANGED <<alive, executing, freeing>>

\* A callback starts; the task counts as run in this period.
Start(k) ==
  /\ executing = "null" /\ lists[k] = {"main"} /\ k \in alive
  /\ executing' = k
  /\ lists' = [lists EXCEPT ![k] = {"temp"}]
  /\ promised' = promised \ {k}
  /\ UNCHANGED <<alive, freeing>>

\* A task waits for the next period.
Wait(k) ==
  /\ lists[k] = {"main"}
  /\ lists' = [lists EXCEPT ![k] = {"temp"}]
  /\ UNCHANGED <<alive, executing, promised, freeing>>

Return ==
  /\ executing # "null"
  /\ executing' = "null"
  /\ UNCHANGED <<alive, lists, promised, freeing>>

\* The period ends: all are where the next one finds them.
MoveBack ==
  /\ executing = "null"
  /\ lists' = [k \in Tasks |-> IF lists[k] = {"temp"} THEN {"main"} ELSE lists[k]]
  /\ UNCHANGED <<alive, executing, promised, freeing>>

\* A cancelled task need not run.
Cancel(k) ==
  /\ promised' = promised \ {k}
  /\ UNCHANGED <<alive, lists, executing, freeing>>

\* A task leaves its list: it completed, was cancelled, or is freed.
Leave(k) ==
  /\ lists[k] # {} /\ executing # k
  /\ k \in promised => k \in freeing
  /\ lists' = [lists EXCEPT ![k] = {}]
  /\ promised' = promised \ {k}
  /\ UNCHANGED <<alive, executing, freeing>>

BeginFree(k) ==
  /\ freeing' = freeing \cup {k}
  /\ UNCHANGED <<alive, lists, executing, promised>>

\* Free returns, having freed the task or not.
EndFree(k) ==
  /\ freeing' = freeing \ {k}
  /\ UNCHANGED <<alive, lists, executing, promised>>

Free(k) ==
  /\ k \in alive /\ lists[k] = {} /\ executing # k
  /\ alive' = alive \ {k}
  /\ UNCHANGED <<lists, executing, promised, freeing>>

Next ==
  \/ \E k \in Tasks :
       Initialize(k) \/ Accept(k) \/ Start(k) \/ Wait(k) \/ Cancel(k)
         \/ Leave(k) \/ BeginFree(k) \/ EndFree(k) \/ Free(k)
  \/ Return
  \/ MoveBack

Spec == Init /\ [][Next]_vars
=============================================================================
