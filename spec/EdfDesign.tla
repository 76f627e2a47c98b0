------------------------------ MODULE EdfDesign ------------------------------
(***************************************************************************)
(* What a model of the EDF scheduler chooses: the design, the threads, what *)
(* clients do, and how a core chooses the next thread.                     *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Variant,       \* the design: "MERGED" or "HARDENED"
  Fixes,         \* repairs of open defects, a subset of AllFixes
  Defects,       \* bugs put back, a subset of AllDefects
  Asserts,       \* whether assertions are compiled in
  Discipline,    \* "SMP": any thread that is ready; "UP": the one with the best priority
  Tasks,         \* names of tasks
  Clients,       \* threads of clients, a subset of AllClients
  Calls,         \* what clients call, a subset of AllCalls
  RunCalls,      \* what a run callback calls, at most one each time
  CompleteCalls, \* what a completion callback calls, at most one each time
  Delays         \* how long after a call a task can be due, a subset of AllDelays

AllFixes == {
  "O-33",    \* free cancels the work, and waits for a handler that runs
  "O-34a",  \* a cancel during a run is remembered
  "O-34b",  \* schedule sets the state before it submits the work
  "O-34c",  \* the handler stores COMPLETED before the completion callback
  "O-34d",  \* the handler leaves QUEUED what was scheduled during the run
  "R-150",   \* a task is not freed by its own callbacks
  "R-151",   \* free cancels until nothing was pending
  "R-152",   \* one lock for the state and the work item
  "R-153",   \* schedule reports that a cancelled work item cannot be submitted yet
  "R-154"}   \* the handler does not run what was cancelled before it began
AllDefects == {
  "B-66"}    \* cancel returns the flags of the work item
AllClients == {"ipcx0", "ipc0"}
AllCalls == {"init", "schedule", "cancel", "free", "destroy"}
AllDelays == {"now", "later"}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes /\ Defects \subseteq AllDefects
  /\ Asserts \in BOOLEAN /\ Discipline \in {"SMP", "UP"}
  /\ Clients \subseteq AllClients /\ Calls \subseteq AllCalls
  /\ RunCalls \subseteq AllCalls \ {"init"} /\ CompleteCalls \subseteq AllCalls \ {"init"}
  /\ Delays \subseteq AllDelays

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

\* A section under the lock is one step: nobody who takes the lock sees its middle.
Locked == Fixed("R-152")
\* Under the lock the order does not matter.
StateFirst == Fixed("O-34b") /\ ~Locked

Threads == Clients \cup {"edf"}

\* The queue's thread comes between the two clients.
Rank(t) == CASE t = "ipcx0" -> 0 [] t = "edf" -> 1 [] OTHER -> 2
=============================================================================
