------------------------------ MODULE LlThreads ------------------------------
(***************************************************************************)
(* The variables of the low-latency scheduler, its threads, and the locks: *)
(* the interrupt mask of a core in the kernel build, a re-entrant mutex in *)
(* the user build.                                                         *)
(*                                                                         *)
(* A frame says at which label the C function of that level stands, and    *)
(* what its locals hold. A thread that waits stands at the label behind    *)
(* the wait.                                                               *)
(***************************************************************************)
EXTENDS LlLists

VARIABLES
  next,     \* next[x], prev[x]: the links of tasks and of the two list heads
  prev,
  state,    \* state[k]: task.state
  priv,     \* priv[k]: what task.priv_data points to
  bound,    \* bound[k]: whether task.sch is set
  current,  \* the task whose callback executes, as the repaired design knows it
  pd,       \* pd[p]: the life of pdata p, its flags run and freeing
  sem,      \* sem[p]: the count of the semaphore of p; "shared" with B-10
  records,  \* zephyr_ll_task_sem_list, as the pdata that the semaphores are for
  ntasks,   \* zephyr_ll.n_tasks
  total,    \* ll_schedule_domain.total_num_tasks
  handler,  \* whether the domain's handler of core 0 is set
  timer,    \* whether the timer runs
  tick,     \* the count of the tick semaphore
  status,   \* status[t]: what a thread does
  stack,    \* stack[t]: its frames, innermost last
  masked,   \* masked[c]: the thread that masks the interrupts of core c
  mutex,    \* the mutex of the user build
  halt      \* the fault that ended all, and whose

links == <<next, prev>>
tasks == <<state, priv, bound, current>>
memory == <<pd, sem, records>>
counts == <<ntasks, total>>
domain == <<handler, timer, tick>>
threads == <<status, stack>>
locks == <<masked, mutex>>
vars == <<links, tasks, memory, counts, domain, threads, locks, halt>>

Semaphores == Pdata \cup (IF Broken("B-10") THEN {"shared"} ELSE {})
SemOf(p) == IF Broken("B-10") THEN "shared" ELSE p

-----------------------------------------------------------------------------
Labels == {
  "L0_Take", "L1_Handler",
  "R1_Lock", "R2_Pick", "R2c_Unlock", "R2d", "R2e_Lock", "R2f_Decide",
  "R3_MoveBack", "R4_Unlock",
  "S1_Lock", "S2_CheckPdata", "S3_Scan", "S4_Requeue", "S5_Insert", "S6_Count",
  "S7_Register",
  "C1_Lock", "C2_Cancel", "C3_Unlock",
  "F1_Lock", "F2_Decide", "F4_SetFreeing", "F5_Unlock", "F6_Wait", "F7_Lock",
  "F7_Check", "F7_Release", "F7_Unlock",
  "D1_Unlink", "D2_CheckCount", "D3_SetFree", "D4_Give", "D5_Unregister",
  "K_Unlock"}

\* Frames of all functions have all fields.
Blank == [
  fn     |-> None,   \* which function
  pc     |-> None,   \* the label that comes next
  task   |-> None,
  ref    |-> None,   \* schedule: the reference; tick with B-24: the cursor, with
                     \* B-25: the list that it takes from
  where  |-> None,   \* schedule: on which side of the reference
  pdata  |-> None,   \* the pdata that a local points to
  wait   |-> FALSE,  \* free: must_wait
  result |-> None,   \* what the callback, or the wait, returned
  ran    |-> {}]     \* tick: the tasks whose callbacks it started

Frame == [
  fn     : {"thread", "run", "schedule", "cancel", "free", "done", "section"},
  pc     : Labels,
  task   : Tasks \cup {None},
  ref    : Nodes \cup {None, "null"},
  where  : {None, "before", "after"},
  pdata  : Pdata \cup {None, "null"},
  wait   : BOOLEAN,
  result : {None, "RESCHEDULE", "COMPLETED", "EAGAIN"},
  ran    : SUBSET Tasks]

New(fn, pc) == [Blank EXCEPT !.fn = fn, !.pc = pc]
FreshStack == <<New("thread", "L0_Take")>>

TypeOK ==
  /\ next \in [Nodes -> Link] /\ prev \in [Nodes -> Link]
  /\ state \in [Tasks -> {"INIT", "QUEUED", "RUNNING", "CANCEL", "FREE"}]
  /\ \A k \in Tasks : priv[k] \in PdataOf(k) \cup {"null"}
  /\ bound \in [Tasks -> BOOLEAN]
  /\ current \in Tasks \cup {"null"}
  /\ pd \in [Pdata -> [life : {"unborn", "live", "freed"}, run : BOOLEAN,
                       freeing : BOOLEAN]]
  /\ sem \in [Semaphores -> {0, 1}]
  /\ Range(records) \subseteq Pdata
  /\ ntasks \in Int /\ total \in Int
  /\ handler \in BOOLEAN /\ timer \in BOOLEAN
  /\ tick \in 0..TickLimit
  /\ status \in [Threads -> {"none", "ready", "pended", "blocked", "aborted"}]
  /\ \A t \in Threads : Range(stack[t]) \subseteq Frame
  /\ masked \in [Cores -> Threads \cup {None}]
  /\ mutex.owner \in Threads \cup {None} /\ mutex.depth \in Nat
  /\ Range(mutex.queue) \subseteq Threads
  /\ halt.why \in {"no", "null", "uaf", "panic", "assert", "endless", "oops", "wild"}
  /\ halt.by \in Threads \cup {None}

\* In the user build the thread and the timer were made at boot. The temporary
\* list is on the stack of the LL thread, unless it belongs to the scheduler.
Init ==
  LET made == Build = "user" /\ Prepared
      Start(x) == CASE x = "main" -> "main"
                    [] x = "temp" -> IF Fixed("O-03") THEN "temp" ELSE "null"
                    [] OTHER      -> "null"
  IN  /\ next = [x \in Nodes |-> Start(x)]
      /\ prev = [x \in Nodes |-> Start(x)]
      /\ state = [k \in Tasks |-> "INIT"]
      /\ priv = [k \in Tasks |-> "null"]
      /\ bound = [k \in Tasks |-> FALSE]
      /\ current = "null"
      /\ pd = [p \in Pdata |-> [life |-> "unborn", run |-> FALSE, freeing |-> FALSE]]
      /\ sem = [p \in Semaphores |-> 0]
      /\ records = <<>>
      /\ ntasks = IF Broken("B-30") THEN 1 ELSE 0
      /\ total = 0
      /\ handler = FALSE /\ timer = made /\ tick = 0
      /\ status = [t \in Threads |-> IF t # LL \/ made THEN "ready" ELSE "none"]
      /\ stack = [t \in Threads |-> IF t = LL /\ made THEN FreshStack ELSE <<>>]
      /\ masked = [c \in Cores |-> None]
      /\ mutex = [owner |-> None, depth |-> 0, queue |-> <<>>]
      /\ halt = [why |-> "no", by |-> None]

-----------------------------------------------------------------------------
(* Threads.                                                                *)

\* On one CPU a client gets on only while the LL thread, which has the better
\* priority, has nothing to do or is kept off by the client's mask.
Runs(t) ==
  /\ halt.why = "no" /\ status[t] = "ready"
  /\ masked[CoreOf[t]] \in {None, t}
  /\ \/ Discipline = "SMP" \/ t = LL \/ CoreOf[t] # Home
     \/ status[LL] # "ready" \/ masked[Home] = t

Top(t) == stack[t][Len(stack[t])]
Busy(t) == stack[t] # <<>>
At(t, pc) == Busy(t) /\ Top(t).pc = pc /\ Runs(t)

WithTop(t, f) == [stack EXCEPT ![t][Len(stack[t])] = f]
Pushed(t, f, g) == [stack EXCEPT ![t] = Append([@ EXCEPT ![Len(@)] = f], g)]
Popped(t) == [stack EXCEPT ![t] = SubSeq(@, 1, Len(@) - 1)]

Goto(t, pc) == stack' = WithTop(t, [Top(t) EXCEPT !.pc = pc])

\* Is the thread in the callback of its innermost frame?
InCallback(t) == Busy(t) /\ Top(t).fn = "run" /\ Top(t).pc = "R2d"

\* May a thread call the scheduler: idle, holding the mutex, or in a callback?
Calls(t) ==
  Runs(t) /\ (IF Busy(t) THEN Top(t).fn = "section" \/ InCallback(t) ELSE t # LL)

\* A fault ends everything.
Fault(t, why) ==
  /\ halt' = [why |-> why, by |-> t]
  /\ UNCHANGED <<links, tasks, memory, counts, domain, threads, locks>>

Links == [next |-> next, prev |-> prev, err |-> "no"]

\* Links were written until something went wrong.
LinkFault(t, L) ==
  /\ halt' = [why |-> L.err, by |-> t]
  /\ next' = L.next /\ prev' = L.prev
  /\ UNCHANGED <<tasks, memory, counts, domain, threads, locks>>
SetLinks(L) == next' = L.next /\ prev' = L.prev

\* What comes of following a pointer to pdata.
Follow(p) ==
  CASE p = "null" -> "null" [] pd[p].life = "freed" -> "uaf" [] OTHER -> "no"

\* The tick semaphore: to the LL thread if that waits, else up to its limit.
AwaitsTick == status[LL] = "pended" /\ Top(LL).pc = "L1_Handler"
GiveTick ==
  IF AwaitsTick THEN status' = [status EXCEPT ![LL] = "ready"] /\ UNCHANGED tick
  ELSE tick' = (IF tick < TickLimit THEN tick + 1 ELSE tick) /\ UNCHANGED status

-----------------------------------------------------------------------------
(* The lock.                                                               *)

Locked == IF Build = "kernel" THEN masked[Home] # None ELSE mutex.owner # None
Holds(t) == IF Build = "kernel" THEN masked[CoreOf[t]] = t ELSE mutex.owner = t

\* Take the lock; a thread that waits for it has its new stack already.
TakeLock(t) ==
  IF Build = "kernel"
    THEN masked' = [masked EXCEPT ![CoreOf[t]] = t] /\ UNCHANGED <<mutex, status>>
  ELSE IF mutex.owner \in {None, t}
    THEN mutex' = [mutex EXCEPT !.owner = t, !.depth = @ + 1]
         /\ UNCHANGED <<masked, status>>
    ELSE /\ mutex' = [mutex EXCEPT !.queue = IF t = LL THEN <<t>> \o @ ELSE Append(@, t)]
         /\ status' = [status EXCEPT ![t] = "pended"]
         /\ UNCHANGED masked

\* Drop it; the first of those who wait gets it.
DropLock(t) ==
  IF Build = "kernel"
    THEN masked' = [masked EXCEPT ![CoreOf[t]] = None] /\ UNCHANGED <<mutex, status>>
  ELSE IF mutex.depth > 1 \/ mutex.queue = <<>>
    THEN /\ mutex' = [mutex EXCEPT !.depth = @ - 1,
                                   !.owner = IF mutex.depth > 1 THEN @ ELSE None]
         /\ UNCHANGED <<masked, status>>
    ELSE /\ mutex' = [owner |-> Head(mutex.queue), depth |-> 1, queue |-> Tail(mutex.queue)]
         /\ status' = [status EXCEPT ![Head(mutex.queue)] = "ready"]
         /\ UNCHANGED masked

\* A step that does nothing but take the lock, or drop it.
LockOnly(t, after) ==
  /\ Goto(t, after)
  /\ TakeLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>
UnlockOnly(t, after) ==
  /\ Goto(t, after)
  /\ DropLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>
\* Drop the lock and return to the caller.
UnlockAndReturn(t) == DropLock(t) /\ stack' = Popped(t)

\* Threads that wait for the semaphore of a task.
Awaits(t, s) ==
  /\ status[t] = "pended" /\ t \notin Range(mutex.queue)
  /\ Top(t).fn = "free" /\ SemOf(Top(t).pdata) = s
=============================================================================
