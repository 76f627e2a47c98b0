---------------------------- MODULE LlScheduler ----------------------------
(***************************************************************************)
(* The low-latency scheduler of core 0, SOF src/schedule/zephyr_ll.c at    *)
(* 12dd726529: what must hold of its lists, tasks, counters and locks,     *)
(* whatever its callers do at any label, and that what is asked of it      *)
(* happens.                                                                *)
(***************************************************************************)
EXTENDS LlTick

CallOf(t) ==
  \/ \E k \in May[t].init, o \in InitOutcomes : N_Init(t, k, o)
  \/ \E k \in May[t].schedule : S0_Schedule(t, k)
  \/ \E k \in May[t].before, ref \in Tasks : S0_Before(t, k, ref)
  \/ \E k \in May[t].after, ref \in Tasks : S0_After(t, k, ref)
  \/ \E k \in May[t].cancel : C0_Cancel(t, k)
  \/ \E k \in May[t].free : F0_Free(t, k)

\* What the scheduler's code does in a call.
StepOf(t) ==
  \/ S1_Lock(t)
  \/ S2_CheckPdata(t)
  \/ S3_Scan(t)
  \/ S4_Requeue(t)
  \/ S5_Insert(t)
  \/ S6_Count(t)
  \/ S7_Register(t)
  \/ C1_Lock(t)
  \/ C2_Cancel(t)
  \/ C3_Unlock(t)
  \/ F1_Lock(t)
  \/ F2_Decide(t)
  \/ F4_SetFreeing(t)
  \/ F5_Unlock(t)
  \/ F6_Wait(t)
  \/ F7_Lock(t)
  \/ F7_Check(t)
  \/ F7_Release(t)
  \/ F7_Unlock(t)
  \/ D1_Unlink(t)
  \/ D2_CheckCount(t)
  \/ D3_SetFree(t)
  \/ D4_Give(t)
  \/ D5_Unregister(t)

\* What it does in a tick.
TickStepOf(t) ==
  \/ L0_Take(t)
  \/ L1_Handler(t)
  \/ R1_Lock(t)
  \/ R2_Pick(t)
  \/ R2c_Unlock(t)
  \/ R2e_Lock(t)
  \/ R2f_Decide(t)
  \/ R3_MoveBack(t)
  \/ R4_Unlock(t)

Next ==
  \/ Isr
  \/ \E t \in Threads : CallOf(t)
  \/ \E t \in Threads : StepOf(t)
  \/ \E t \in {LL} : TickStepOf(t)
  \/ \E t \in {LL}, r \in Results : R2d_Return(t, r)
  \/ \E t \in MayBlock : Block(t)
  \/ \E t \in MayBlock : Resume(t)
  \/ \E t \in Impatient : F6_Timeout(t)
  \/ \E t \in MayLock : K_Lock(t)
  \/ \E t \in MayLock : K_Unlock(t)

Spec == Init /\ [][Next]_vars

(* Strong fairness: every thread gets on that can again and again, the     *)
(* timer goes on, what callbacks wait for comes, they return, clients      *)
(* unlock, and ticks leave them time. Written out, as TLC takes ages for   *)
(* ENABLED.                                                                *)
CanStep(t) ==
  \/ Runs(t) /\ Busy(t) /\ Top(t).fn # "section" /\ ~InCallback(t)
  \/ halt.why = "no" /\ status[t] = "blocked"
  \/ halt.why = "no" /\ t = LL /\ AwaitsTick /\ handler /\ timer
  \/ halt.why = "no" /\ t \in Impatient /\ \E s \in Semaphores : Awaits(t, s)
Steps(t) == stack'[t] # stack[t] \/ status'[t] # status[t] \/ (t = LL /\ links' # links)
GetsOn(t) == (<>[]~CanStep(t)) \/ ([]<><<Steps(t)>>_vars)

CanReturn == Runs(LL) /\ InCallback(LL)
Return == status[LL] = "ready" /\ InCallback(LL) /\ ~InCallback(LL)' /\ Len(stack'[LL]) = 2
CallbacksReturn == (<>[]~CanReturn) \/ ([]<><<Return>>_vars)

CanUnlock(t) == At(t, "K_Unlock")
Unlocks(t) == stack[t] # <<>> /\ stack'[t] = <<>>
ClientsUnlock == \A t \in MayLock : (<>[]~CanUnlock(t)) \/ ([]<><<Unlocks(t)>>_vars)

\* The frame of the tick.
Run == IF Len(stack[LL]) > 1 THEN stack[LL][2] ELSE Blank

\* One processor is not overloaded: if the ticks end, the LL thread is not busy
\* with the next one for ever.
InTick == Run.fn = "run"
TimeIsLeft ==
  Discipline = "UP_COOP" => (<>[]InTick) \/ ([]<>(status[LL] # "ready"))

Fairness ==
  (\A t \in Threads : GetsOn(t)) /\ CallbacksReturn /\ ClientsUnlock /\ TimeIsLeft
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* What the properties are about.                                          *)

\* The task whose callback executes.
Executing == Run.task

\* The temporary list lies on the stack of the tick, or in the scheduler.
LiveHeads == IF InTick \/ Fixed("O-03") THEN Heads ELSE {"main"}
Listed(h) == Range(WayFrom(Links, h))
Linked(k) == \E h \in LiveHeads : k \in Listed(h)
Owners(k) == {h \in LiveHeads : k \in Listed(h)}

\* Frames at a label, of whoever.
Tops(pc) == {Top(t) : t \in {u \in Threads : Busy(u) /\ Top(u).pc = pc}}
FramesOf(fn) == {f \in UNION {Range(stack[t]) : t \in Threads} : f.fn = fn}

LockOwner == IF Build = "kernel" THEN masked[Home] ELSE mutex.owner
Waits(t) == \E s \in Semaphores : Awaits(t, s)

\* No call is under way, and the LL thread waits for its tick, or is not there.
Quiescent ==
  /\ halt.why = "no"
  /\ \A t \in Clients : FramesOf("schedule") \cup FramesOf("cancel") \cup FramesOf("free") = {}
  /\ AwaitsTick \/ status[LL] \in {"none", "aborted"}

\* A thread steps at a label.
Moves(t, pc) == Busy(t) /\ Top(t).pc = pc /\ (stack[t] # stack'[t] \/ halt # halt')
Returns(t, pc) == Moves(t, pc) /\ halt' = halt /\ Len(stack'[t]) < Len(stack[t])

-----------------------------------------------------------------------------
(* Lists.                                                                  *)

\* LST-1 WellFormed: from every list head on, the links of neighbors agree, and
\* lead back to the head.
WellFormedInv ==
  \A h \in LiveHeads :
      LET way == WayFrom(Links, h)
          ring == <<h>> \o way
          After(i) == IF i = Len(ring) THEN h ELSE ring[i + 1]
      IN  next[h] = "null"    \* on the stack of a tick that has not begun
          \/ \A i \in 1..Len(ring) : next[ring[i]] = After(i) /\ prev[After(i)] = ring[i]

\* LST-2 AtMostOneList: a task is reached from one list head at most.
AtMostOneListInv == \A k \in Tasks : Cardinality(Owners(k)) <= 1

\* LST-3 LiveNodesOnly: a task that is reached from a list head is not freed.
LiveNodesOnlyInv == \A k \in Tasks : Linked(k) => priv[k] # "null"

\* LST-4 TempListScoped: outside of a tick no node links to the temporary list,
\* and that is empty.
TempListScopedInv ==
  InTick \/ ( /\ next["temp"] \in {"temp", "null"} /\ prev["temp"] \in {"temp", "null"}
              /\ \A x \in Nodes \ {"temp"} : next[x] # "temp" /\ prev[x] # "temp" )

\* LST-5 NoLostTask: a task that links to something else is reached from a list
\* head.
NoLostTaskInv == \A k \in Tasks : next[k] \notin {k, "null"} => Linked(k)

\* LST-6 PriorityOrder: when a tick begins, its tasks are in the order of their
\* priorities, unless some were placed by a reference.
ByReference == \E t \in Threads : May[t].before # {} \/ May[t].after # {}
Sorted(s) == \A i, j \in 1..Len(s) : i < j => Priority[s[i]] <= Priority[s[j]]
PriorityOrderInv ==
  (At(LL, "R2_Pick") /\ Run.ran = {} /\ ~ByReference)
    => Sorted(SelectSeq(WayFrom(Links, "main"), LAMBDA x : x \in Tasks))

\* LST-6 PriorityOrder: a task that is scheduled goes behind those of its list
\* that have the same priority.
FifoProp ==
  [][\A t \in Threads :
       (Moves(t, "S5_Insert") /\ halt' = halt /\ Top(t).where = None)
         => \A x \in Tasks \ {Top(t).task} :
              Priority[x] = Priority[Top(t).task] => next'[Top(t).task] # x
    ]_vars

\* LST-6 PriorityOrder: tasks of the same priority stay in the order in which they
\* were scheduled: those that ran in a tick come before those that did not.
Line == WayFrom(Links, "temp") \o WayFrom(Links, "main")
Ahead(x, y) == \E i, j \in 1..Len(Line) : i < j /\ Line[i] = x /\ Line[j] = y
StayInLineProp ==
  [][UNCHANGED links \/ \A x, y \in Tasks :
       (Priority[x] = Priority[y] /\ Ahead(x, y) /\ Linked(x)' /\ Linked(y)') => Ahead(x, y)'
    ]_vars

\* LST-7 ReferenceOrder: schedule-before and schedule-after put the task beside
\* the reference, which is in a list.
Beside(t) ==
  IF Top(t).where = "before" THEN next'[Top(t).task] = Top(t).ref
                             ELSE next'[Top(t).ref] = Top(t).task
ReferenceOrderProp ==
  [][\A t \in Threads :
       (Moves(t, "S5_Insert") /\ halt' = halt /\ Top(t).where # None)
         => (Linked(Top(t).ref) <=> Beside(t))
    ]_vars

\* LST-8 DelSafe: only a node that was linked once is unlinked.
DelSafeInv ==
  /\ \A f \in Tops("D1_Unlink") : next[f.task] # "null" /\ prev[f.task] # "null"
  /\ halt.why = "null" => Top(halt.by).pc # "C2_Cancel"   \* with B-36 it unlinks, too

\* LST-9 LockedMutation: the links are written by the thread that has the lock.
LockedMutationProp ==
  [][(\E x \in Nodes \ {"temp"} : next'[x] # next[x] \/ prev'[x] # prev[x])
       => /\ LockOwner # None
          /\ \A t \in Threads : stack'[t] # stack[t] => t = LockOwner
    ]_vars

\* LST-9 LockedMutation: while a client has the mutex of the user build, to edit
\* what callbacks read, no callback executes.
NoCallbackInSectionInv ==
  Build = "user" => (mutex.owner \in Clients => Executing = None)

-----------------------------------------------------------------------------
(* The life of a task.                                                     *)

\* TSK-1 StateMatchesList: while nobody has the lock, a task is linked if and
\* only if its state says that it is scheduled.
StateMatchesListInv ==
  ~Locked => \A k \in Tasks : Linked(k) <=> state[k] \in {"QUEUED", "RUNNING", "CANCEL"}

\* TSK-2 LegalTransition: a task changes its state only as it should, and where
\* it should.
LegalTransitionProp ==
  [][ /\ \A k \in Tasks : state'[k] # state[k] =>
           \/ state'[k] = "INIT" /\ priv[k] = "null"
           \/ state'[k] = "QUEUED" /\ \E t \in Threads :
                Moves(t, "S4_Requeue") \/ (Moves(t, "S5_Insert") /\ state[k] \in {"INIT", "FREE"})
           \/ state'[k] = "RUNNING" /\ Executing' = k /\ state[k] \in {"QUEUED", "RUNNING"}
           \/ state'[k] = "CANCEL" /\ state[k] \in {"QUEUED", "RUNNING"}
           \/ state'[k] = "FREE" /\ \E t \in Threads : Moves(t, "D3_SetFree")
      /\ \A t \in Threads : Moves(t, "D3_SetFree") =>
           state[Top(t).task] \in {"QUEUED", "RUNNING", "CANCEL"}
    ]_vars

\* TSK-3 RunOncePerTick: no callback is started twice in a tick.
RunOncePerTickProp ==
  [][(InTick /\ InTick' /\ Executing = None /\ Executing' # None)
       => Executing' \notin Run.ran]_threads

\* TSK-4 NoRunAfterCancel: a task that is cancelled while its callback does not
\* execute is not run, unless it is scheduled again.
NoRunAfterCancelProp ==
  [][ /\ (Executing' # Executing /\ Executing' # None) => state[Executing'] # "CANCEL"
      /\ \A t \in Threads :
           (Moves(t, "C2_Cancel") /\ Linked(Top(t).task)) => state'[Top(t).task] = "CANCEL"
      /\ \A k \in Tasks : (state[k] = "CANCEL" /\ state'[k] \notin {"CANCEL", "FREE"})
           => \E t \in Threads : Moves(t, "S4_Requeue")
    ]_vars

\* TSK-5 CancelEffective: after cancel a linked task is in state CANCEL, and no
\* other one is.
CancelEffectiveProp ==
  [][\A t \in Threads : Moves(t, "C2_Cancel") =>
       (Linked(Top(t).task) <=> state'[Top(t).task] = "CANCEL")]_vars

\* TSK-6 ScheduleNotLost: where schedule ends well, the task is queued or will
\* be run for another reason; a queued one leaves its list only if it is freed.
Accepts(t, k) ==
  /\ Busy(t) /\ Top(t).task = k
  /\ Returns(t, "S3_Scan") \/ Returns(t, "S4_Requeue") \/ Moves(t, "S5_Insert")
  /\ halt' = halt
WillRun(k) == Linked(k) /\ (state[k] = "QUEUED" \/ (state[k] = "RUNNING" /\ Executing # k))
ScheduleNotLostProp ==
  [][ /\ \A t \in Threads, k \in Tasks : Accepts(t, k) => WillRun(k)'
      /\ \A k \in Tasks : (state[k] = "QUEUED" /\ state'[k] = "FREE")
           => \E f \in FramesOf("free") : f.task = k
    ]_vars

\* TSK-6 ScheduleNotLost: a task that is queued is run, or cancelled, or freed.
QueuedRunsProp ==
  \A k \in Tasks : (state[k] = "QUEUED") ~> (state[k] # "QUEUED")

\* TSK-7 NoUseAfterFree: no step follows a pointer to pdata that is freed, or
\* that is gone.
NoUseAfterFreeInv == halt.why \notin {"uaf", "null"}

\* TSK-8 NoDoubleFree: free releases what is not released yet.
NoDoubleFreeInv == \A f \in Tops("F7_Release") : pd[f.pdata].life = "live"

\* TSK-9 FreeIsSynchronous: a task that is freed is in no list, its callback does
\* not execute, and the LL thread does not know its pdata.
FreeIsSynchronousInv ==
  \A k \in Tasks : priv[k] = "null" =>
    ~Linked(k) /\ Executing # k /\ Run.pdata \notin PdataOf(k)

\* TSK-10 NoScheduleWhileFreeing: nothing is scheduled that is being freed.
NoScheduleWhileFreeingProp ==
  [][\A k \in Tasks : (priv[k] # "null" /\ pd[priv[k]].freeing)
       => /\ Linked(k)' => Linked(k)
          /\ state'[k] = "QUEUED" => state[k] = "QUEUED"]_vars

\* TSK-11 OneGivePerFree: the semaphore of a task is given for a free that waits
\* for it, and once.
OneGivePerFreeInv ==
  \A f \in Tops("D4_Give") :
    (f.pdata # "null" /\ pd[f.pdata].freeing) =>
      \E t \in Threads : \E w \in Range(stack[t]) :
        /\ w.fn = "free" /\ w.pdata = f.pdata /\ w.wait
        /\ Waits(t) \/ w.pc \in {"F5_Unlock", "F6_Wait"} \/ w.result = "EAGAIN"
        /\ sem[SemOf(f.pdata)] = 0

\* TSK-12 NoSelfWait: the LL thread waits for no free, nor does a thread that has
\* a lock that it needs.
NoSelfWaitInv == \A t \in Threads : Waits(t) => t # LL /\ ~Holds(t)

\* TSK-13 RestartAfterComplete: schedule of a task that completed, and that
\* nobody frees, ends with the task in the list.
Freeing(k) == \E f \in FramesOf("free") : f.task = k
RestartAfterCompleteProp ==
  [][\A t \in Threads : \A pc \in {"S2_CheckPdata", "S3_Scan"} :
       LET k == Top(t).task
       IN  (Returns(t, pc) /\ state[k] = "FREE") => (priv[k] = "null" \/ Freeing(k))
    ]_vars

\* TSK-14 PdataIffInitialised: a task points to its pdata, and to no other.
PdataIffInitialisedInv ==
  \A k \in Tasks : {p \in PdataOf(k) : pd[p].life = "live"} = {priv[k]} \ {"null"}

\* TSK-15 UnlinkOnFree: whatever way free takes, the task is in no list when it
\* is released.
UnlinkOnFreeProp ==
  [][\A t \in Threads, k \in Tasks :
       (Moves(t, "F7_Release") /\ Top(t).task = k /\ halt' = halt) => ~Linked(k)']_vars

\* TSK-16 SemRecordBijection: there is one record for each initialized task.
SemRecordBijectionInv ==
  Dynamic => /\ Range(records) = {priv[k] : k \in Tasks} \ {"null"}
             /\ Len(records) = Cardinality(Range(records))

-----------------------------------------------------------------------------
(* Counters and the timer.                                                 *)

\* CNT-1 CountExact: while nobody has the lock, the counter of tasks is the
\* number of those that are linked.
CountExactInv == ~Locked => ntasks = Cardinality({k \in Tasks : Linked(k)})

\* CNT-2 TotalExact: the domain's counter is never negative, and when all is
\* quiet it is the scheduler's.
TotalExactInv == total >= 0 /\ (Quiescent => total = ntasks)

\* CNT-3 NoUnderrun: the scheduler never runs out of counted tasks.
NoUnderrunInv == halt.why # "panic"

\* DOM-2 ThreadIfTasks: if there are tasks, and none is being registered, the
\* domain has a handler and a thread.
ThreadIfTasksInv ==
  (ntasks > 0 /\ FramesOf("schedule") = {} /\ halt.why = "no")
    => handler /\ status[LL] \notin {"none", "aborted"}

\* DOM-3 NoGhostTimer: kernel build: when all is quiet and there are no tasks,
\* the timer is stopped, and there is no thread, or it stays and nobody wakes it.
AtRest == ~timer /\ (status[LL] \in {"none", "aborted"} \/ (Fixed("O-41") /\ AwaitsTick))
NoGhostTimerInv == (Build = "kernel" /\ Quiescent /\ ntasks = 0) => AtRest

\* DOM-5 NoSpuriousGive: whoever gets ticks is there to take them.
NoSpuriousGiveInv == (handler /\ halt.why = "no") => status[LL] \notin {"none", "aborted"}

\* DOM-7 RegisterErrorReported: if the domain cannot serve the scheduler, the
\* task is not in its list when schedule returns.
RegisterErrorReportedProp ==
  [][\A t \in Threads, k \in Tasks :
       (Returns(t, "S7_Register") /\ Top(t).task = k) => (handler' \/ ~Linked(k)')]_vars

-----------------------------------------------------------------------------
(* Locks.                                                                  *)

\* LCK-1 MutexBalance: the mutex is held as often as it was taken and not
\* released.
Inside(f) ==
  \/ f.fn = "section"
  \/ f.pc \in {"R2_Pick", "R2c_Unlock", "R2f_Decide", "R3_MoveBack", "R4_Unlock", "S2_CheckPdata",
                 "S3_Scan", "S4_Requeue", "S5_Insert", "S6_Count", "C2_Cancel", "C3_Unlock",
                 "F2_Decide", "F4_SetFreeing", "F5_Unlock", "F7_Check", "F7_Release",
                 "F7_Unlock"}
  \/ f.pc = "R2d" /\ ~DropsLock
  \/ f.pc = "S7_Register" /\ Fixed("R-100")
  \/ f.pc \in {"F6_Wait", "F7_Lock"} /\ WaitsLocked(f)
Depth(t) == Cardinality({i \in 1..Len(stack[t]) : Inside(stack[t][i])})
MutexBalanceInv ==
  Build = "user" => \A t \in Threads :
    IF mutex.owner = t THEN mutex.depth = Depth(t)
    ELSE Depth(t) = IF t \in Range(mutex.queue) THEN 1 ELSE 0

\* LCK-3 NoWaitHoldingLL: nobody waits for the LL thread while he has the lock.
NoWaitHoldingLLInv == \A t \in Threads : Waits(t) => ~Holds(t)

\* LCK-4 NoBlockMasked: nobody begins to wait with interrupts masked.
NoBlockMaskedProp ==
  [][\A t \in Threads :
       (status[t] = "ready" /\ status'[t] \in {"pended", "blocked"}) => masked[CoreOf[t]] # t
    ]_vars

\* LCK-5 IrqBalanced: nobody has interrupts masked outside of the scheduler.
IrqBalancedInv ==
  \A c \in Cores : masked[c] # None => Depth(masked[c]) = 1

\* LCK-6 AbortHoldsNothing: the LL thread is not aborted in a callback, and has no
\* lock when it is gone.
AbortHoldsNothingProp ==
  [][(status'[LL] = "aborted" /\ status[LL] # "aborted")
       => Executing = None /\ LL \notin {masked'[c] : c \in Cores}]_vars

\* LCK-8 DeadlockFree: no threads wait for each other, nor for one that is gone.
Blocker(t) ==
  CASE t \in Range(mutex.queue) -> mutex.owner
    [] Waits(t)                 -> LL
    [] status[t] = "aborted"    -> t
    [] status[t] = "ready" /\ masked[CoreOf[t]] \notin {None, t} -> masked[CoreOf[t]]
    [] OTHER                    -> None
DeadlockFreeInv ==
  \A set \in SUBSET Threads :
    (\A t \in set : Blocker(t) \in set) => Cardinality(set) <= 1

\* MEM-3 TaskHome: in the user build a linked task is where the LL thread can
\* reach it.
TaskHomeInv == \A k \in Tasks : Linked(k) => k \notin OutOfReach(LL)

-----------------------------------------------------------------------------
(* Progress.                                                               *)

\* LIV-1 FreeTerminates: every free returns.
InFree(t) == \E f \in Range(stack[t]) : f.fn = "free"
FreeTerminatesProp == \A t \in Threads : InFree(t) ~> ~InFree(t)

\* LIV-2 FreeByGive: a free that waits is woken by the give.
FreeByGiveProp == \A t \in Threads : Waits(t) ~> ~Waits(t)

\* LIV-3 TickTerminates: a tick that begins ends.
TickTerminatesProp == InTick ~> ~InTick

\* LIV-4 EveryTaskEveryTick: at the end of a tick every task that was not
\* scheduled or cancelled during it has been run in it.
EveryTaskEveryTickProp ==
  [][Moves(LL, "R4_Unlock") =>
       \A k \in Tasks : state[k] = "RUNNING" => k \in Run.ran]_vars

\* LIV-5 LockProgress: a thread that waits for the mutex gets it.
LockProgressProp ==
  \A t \in Threads : (t \in Range(mutex.queue)) ~> (t \notin Range(mutex.queue))

\* LIV-6 CancelReaped: a cancelled task is unlinked, or scheduled again.
CancelReapedProp == \A k \in Tasks : (state[k] = "CANCEL") ~> (state[k] # "CANCEL")

\* LIV-7 SystemQuiesces: kernel build: after all tasks are freed the timer stops
\* and the thread ends, or waits.
AllFreed == \A k \in Tasks : priv[k] = "null"
SystemQuiescesProp ==
  (Build = "kernel" /\ AllFreed) ~> (~AllFreed \/ AtRest)

-----------------------------------------------------------------------------
(* Refinement.                                                             *)
alive == {k \in Tasks : priv[k] # "null"}
lists == [k \in Tasks |-> Owners(k)]
executing == IF Executing = None THEN "null" ELSE Executing
promised == {k \in Tasks : state[k] = "QUEUED" /\ Linked(k)}
freeing == {f.task : f \in {g \in FramesOf("free") : g.pc \notin {"F1_Lock", "F2_Decide"}}}
Abstract == INSTANCE TaskLifecycle

(* This is Abstract!Spec: a step that leaves alone what its variables are  *)
(* made of leaves these alone, too. Saying so spares TLC from walking      *)
(* along the lists.                                                        *)

\* The scheduler refines TaskLifecycle: a task is in one list at most, leaves it only
\* when its run is no longer owed or somebody frees it, and is freed only when it is in
\* no list and does not execute.
LifecycleProp ==
  /\ Abstract!Init
  /\ [][\/ UNCHANGED <<priv, state, links, executing, freeing>> /\ InTick' = InTick
        \/ Abstract!Next]_<<alive, lists, executing, promised, freeing>>

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTwoLinked == \E k, other \in Tasks : k # other /\ Linked(k) /\ Linked(other)
ReachExecuting == Executing # None
ReachBlocked == status[LL] = "blocked"
ReachCallInCallback == Len(stack[LL]) > 2 /\ Executing # None
ReachCancelledLinked == \E k \in Tasks : state[k] = "CANCEL" /\ Linked(k)
ReachFreeWaits == \E t \in Threads : Waits(t)
ReachTimedOut == \E f \in FramesOf("free") : f.result = "EAGAIN"
ReachAborted == status[LL] = "aborted"
ReachMutexWaiter == mutex.queue # <<>>
ReachSection == FramesOf("section") # {}
ReachReinitialized == \E k \in Tasks : MaxInits > 1 /\ priv[k] = Generation(k, 2)
=============================================================================
