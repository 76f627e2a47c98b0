------------------------------- MODULE LlDomain -------------------------------
(***************************************************************************)
(* The timer domain that the LL schedulers of two cores share: one timer   *)
(* whose callback wakes the LL thread of each core that is registered. A   *)
(* core registers with its first task and unregisters with its last one; in*)
(* the kernel build this starts and ends its LL thread, and the timer with *)
(* the last core.                                                          *)
(*                                                                         *)
(* SOF 12dd726529: src/schedule/zephyr_domain.c, src/schedule/zephyr_ll.c, *)
(* src/include/sof/schedule/ll_schedule_domain.h, with and without         *)
(* CONFIG_SOF_USERSPACE_LL.                                                *)
(*                                                                         *)
(* Tasks are only counted. Which of them are done in a tick, and whether a *)
(* callback waits, is up to the environment. One thread for each core      *)
(* schedules and frees tasks.                                              *)
(***************************************************************************)
EXTENDS LlDomainContext

\* The threads of a set, in a model in which such steps exist.
Within(exist, set) == IF exist THEN set ELSE {}

CallNext ==
  \/ \E t \in Clients, c \in Cores : S0_Schedule(t, c)
  \/ \E t \in Clients : S1_Lock(t)
  \/ \E t \in Clients : S6_Count(t)
  \/ \E t \in Clients : S7_Register(t)
  \/ \E t \in Clients : S7_Registered(t)
  \/ \E t \in Within(User, Clients) : S8_Refused(t)
  \/ \E t \in Clients : P1_CheckHandler(t)
  \/ \E t \in Clients : P2_SetHandler(t)
  \/ \E t \in Within(Kernel, Clients) : P3_InitSem(t)
  \/ \E t \in Within(Kernel, Clients) : P4_CreateThread(t)
  \/ \E t \in Within(Kernel, Clients) : P5_Lock(t)
  \/ \E t \in Within(Kernel, Clients) : P6_CheckTimer(t)
  \/ \E t \in Within(Kernel, Clients) : P6_StartTimer(t)
  \/ \E t \in Within(Kernel, Clients) : P7_Unlock(t)
  \/ \E t \in Clients, c \in Cores : F0_Free(t, c)
  \/ \E t \in Clients : F1_Lock(t)
  \/ \E t \in Clients : F5_Unlock(t)
  \/ \E t \in Callers : U1_Uncount(t)
  \/ \E t \in Callers : Q1_CheckTasks(t)
  \/ \E t \in Callers : Q2_Lock(t)
  \/ \E t \in Within(Kernel, Callers) : Q3_CheckTotal(t)
  \/ \E t \in Within(Kernel, Callers) : Q3_StopTimer(t)
  \/ \E t \in Callers : Q4_ClearHandler(t)
  \/ \E t \in Within(Kernel, Callers) : Q5_Abort(t)

TimerNext ==
  \/ \E i \in Isrs : I1_Expire(i)
  \/ \E i \in Isrs : I2_Rearm(i)
  \/ \E i \in Isrs : I3_ReadData(i)
  \/ \E i \in Isrs : I4_StopTimer(i)
  \/ \E i \in Isrs : I5_TestHandler(i)
  \/ \E i \in Isrs : I6_Give(i)
  \/ \E t \in LlThreads : L0_Take(t)
  \/ \E t \in LlThreads : L1_Handler(t)
  \/ \E t \in LlThreads : L2_Call(t)
  \/ \E t \in LlThreads : R1_Lock(t)
  \/ \E t \in LlThreads : R2_Done(t)
  \/ \E t \in Within(Blocking, LlThreads) : R2d_Block(t)
  \/ \E t \in Within(Blocking, LlThreads) : R2d_Resume(t)
  \/ \E t \in LlThreads : R4_Unlock(t)

ContextNext ==
  \/ \E t \in Starters, c \in CoreArgs : V0_InitContext(t, c)
  \/ \E t \in Starters : V1_CheckCore(t)
  \/ \E t \in Starters : V2_CheckThread(t)
  \/ \E t \in Starters : V3_ClearHandler(t)
  \/ \E t \in Starters, r \in Results : V4_AllocSem(t, r)
  \/ \E t \in Starters, r \in Results : V5_AllocThread(t, r)
  \/ \E t \in Starters : V6_CreateThread(t)
  \/ \E t \in Starters : V8_StartThread(t)
  \/ \E t \in Starters : V9_Lock(t)
  \/ \E t \in Starters : V9_CheckTimer(t)
  \/ \E t \in Starters : V9_StartTimer(t)
  \/ \E t \in Starters : V9_Unlock(t)
  \/ \E t \in Starters : G1_Grant(t)
  \/ \E t \in Within(Teardown, Starters) : X0_Free(t)
  \/ \E t \in Within(Teardown, Starters) : X0_TakeLock(t)
  \/ \E t \in Within(Teardown, Starters) : X1_FreeLock(t)
  \/ \E t \in Within(Teardown, Starters) : X2_Lock(t)
  \/ \E t \in Within(Teardown, Starters) : X3_StopTimer(t)
  \/ \E t \in Within(Teardown, Starters) : X4_ClearHandler(t)
  \/ \E t \in Within(Teardown, Starters) : X5_Abort(t)
  \/ \E t \in Within(Teardown, Starters) : X6_FreeSem(t)

Next == CallNext \/ TimerNext \/ ContextNext

-----------------------------------------------------------------------------
(* Whoever began a call goes on, also when locks and interrupts make it    *)
(* wait again and again; the timer expires; a tick ends.                   *)
Unregister(t) ==
  \/ U1_Uncount(t) \/ Q1_CheckTasks(t) \/ Q2_Lock(t) \/ Q3_CheckTotal(t)
  \/ Q3_StopTimer(t) \/ Q4_ClearHandler(t) \/ Q5_Abort(t)
ClientGoesOn(t) ==
  \/ S1_Lock(t) \/ S6_Count(t) \/ S7_Register(t) \/ S7_Registered(t) \/ S8_Refused(t)
  \/ P1_CheckHandler(t) \/ P2_SetHandler(t) \/ P3_InitSem(t) \/ P4_CreateThread(t)
  \/ P5_Lock(t) \/ P6_CheckTimer(t) \/ P6_StartTimer(t) \/ P7_Unlock(t)
  \/ F1_Lock(t) \/ F5_Unlock(t) \/ Unregister(t)
LlGoesOn(t) ==
  \/ L0_Take(t) \/ L1_Handler(t) \/ L2_Call(t) \/ R1_Lock(t) \/ R2d_Resume(t)
  \/ Unregister(t)
IsrGoesOn(i) ==
  \/ I2_Rearm(i) \/ I3_ReadData(i) \/ I4_StopTimer(i) \/ I5_TestHandler(i) \/ I6_Give(i)
StarterGoesOn(t) ==
  \/ V1_CheckCore(t) \/ V2_CheckThread(t) \/ V3_ClearHandler(t)
  \/ \E r \in Results : V4_AllocSem(t, r) \/ V5_AllocThread(t, r)
  \/ V6_CreateThread(t) \/ V8_StartThread(t) \/ V9_Lock(t) \/ V9_CheckTimer(t)
  \/ V9_StartTimer(t) \/ V9_Unlock(t) \/ G1_Grant(t)
  \/ X0_TakeLock(t) \/ X1_FreeLock(t) \/ X2_Lock(t) \/ X3_StopTimer(t)
  \/ X4_ClearHandler(t) \/ X5_Abort(t) \/ X6_FreeSem(t)

Fairness ==
  /\ \A t \in Clients : SF_vars(ClientGoesOn(t))
  /\ \A t \in LlThreads : SF_vars(LlGoesOn(t)) /\ SF_vars(R4_Unlock(t))
  /\ \A i \in Isrs : SF_vars(IsrGoesOn(i))
  /\ SF_vars(\E i \in Isrs : I1_Expire(i))
  /\ \A t \in Starters : SF_vars(StarterGoesOn(t))

Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* At rest: no operation in progress, the LL threads wait for their tick.  *)
LlRests(c) == life[c] # "alive" \/ (At(LlThread(c), "L0") /\ sem[SemOf(c)].count = 0)
CallRests(c) == \A t \in Clients \cup Starters : At(t, "idle") \/ frame[t].core # c
AtRest ==
  /\ fault = "no"
  /\ \A c \in Cores : CallRests(c) /\ LlRests(c)
  /\ \A i \in Isrs : At(i, "idle")

\* DOM-1 TimerIfTasks: at rest, if there is a task, the timer runs and has its
\* user data.
TimerIfTasksInv ==
  (\E c \in Cores : n[c] > 0) /\ AtRest => timer = "running" /\ data

\* DOM-2 ThreadIfTasks: a core that has tasks, none of which is being registered or
\* unregistered, has an LL thread, and its handler is set.
Unregisters(t, c) ==
  frame[t].core = c /\ frame[t].pc \in {"U1", "Q1", "Q2", "Q3", "Q3b", "Q4", "Q5"}
ThreadIfTasksInv ==
  \A c \in Cores :
    n[c] > 0 /\ CallRests(c) /\ (\A t \in LlThreads : ~Unregisters(t, c))
      => life[c] = "alive" /\ handler[c]

\* DOM-2 ThreadIfTasks, of the call: the LL thread does not call a handler that was
\* cleared since it looked.
HandlerCalledInv == ~(fault = "null" /\ \E t \in LlThreads : At(t, "L2"))

\* DOM-3 NoGhostTimer: in the kernel build, at rest and without a task, the timer is
\* stopped, it has no user data, and no core has an LL thread that it would wake.
NoGhostTimerInv ==
  Kernel /\ total = 0 /\ AtRest
    => timer = "stopped" /\ ~data /\ \A c \in Cores : ~handler[c]

\* DOM-3 NoGhostTimer, of the watchdog: at rest, the watchdog of a core runs exactly if
\* the core has an LL thread that feeds it, which it does when it is woken.
WatchdogFedInv ==
  AtRest => \A c \in Cores : dog[c] = (life[c] = "alive" /\ handler[c])

\* DOM-4 TickDelivery: if the timer runs for good and the handler of a core stays
\* set, the core's LL thread ticks again and again.
TickDeliveryProp ==
  \A c \in Cores :
    <>[](timer # "stopped" /\ data /\ handler[c]) => []<>At(LlThread(c), "R2")

\* DOM-4 TickDelivery, of each tick: when the callback has given the semaphore of a
\* core, which is initialized, it is there for the LL thread of that core to take.
GiveArrivesProp ==
  [][\A i \in Isrs :
       LET c == frame[i].core IN
       At(i, "I6") /\ frame'[i] # frame[i] /\ sem[c].life = "live"
         => sem'[c].count > 0]_vars

\* DOM-5 NoSpuriousGive: the callback gives only semaphores that are initialized and
\* not freed.
NoSpuriousGiveInv ==
  \A i \in Isrs : At(i, "I6") => sem[SemOf(frame[i].core)].life = "live"

\* DOM-6 TeardownOrder: what the LL thread of a core, or the callback, may use is
\* freed after it is gone.
TeardownOrderInv ==
  \A c \in Cores :
    /\ User /\ ~mutex[c] => life[c] # "alive"
    /\ User /\ sem[c].life = "none"
         => life[c] # "alive" /\ ~\E i \in Isrs : At(i, "I6") /\ frame[i].core = c

\* DOM-7 RegisterErrorReported: when the domain cannot serve a core, a call that
\* scheduled a task there leaves none behind.
RegisterErrorReportedProp ==
  [][\A t \in Clients :
       At(t, "S8") /\ frame'[t].pc = "idle" => n'[frame[t].core] = 0]_vars

\* CNT-2 TotalExact: at rest the tasks of all cores are counted in the domain.
TotalExactInv == AtRest => total = n[0] + n[1]

\* CNT-2 TotalExact, below zero: the counter of the domain is never negative.
TotalNotNegativeInv == total >= 0

\* MEM-6 InitBeforePublish, of the tick semaphore: a core is made known to the
\* callback when its semaphore is initialized.
SemBeforeHandlerInv ==
  \A c \in Cores : handler[c] =>
    /\ sem[SemOf(c)].life = "live"
    /\ ~\E t \in Clients : At(t, "P3") /\ frame[t].core = c

\* MEM-6 InitBeforePublish, of the timer: the timer is not initialized while it is
\* in the queue of timeouts.
TimerInitInv == fault # "timer"

\* LCK-6 AbortHoldsNothing: a thread that was aborted owns no lock.
AbortHoldsNothingInv ==
  \A c \in Cores : life[c] # "alive" =>
    /\ ~own[c]
    /\ LlThread(c) # domLock
    /\ \A d \in Cores : LlThread(c) # llLock[d]

\* LCK-2 LockOrder: the lock of the domain is the last one that is taken: whoever waits
\* for an LL lock has no lock.
WaitsForLlLock == {"S1", "F1", "R1", "X0"}
WaitsForDomain == {"P5", "Q2", "V9", "X2"}
LockOrderInv ==
  \A t \in Threads : frame[t].pc \in WaitsForLlLock =>
    domLock # t /\ \A c \in Cores : llLock[c] # t

\* LCK-8 DeadlockFree: nobody waits for a lock that cannot be released any more.
Owner(t) ==
  IF frame[t].pc \in WaitsForLlLock THEN llLock[frame[t].core]
  ELSE IF frame[t].pc \in WaitsForDomain THEN domLock
  ELSE "none"
OwnerOf(u) == IF u = "none" THEN "none" ELSE Owner(u)
Dead(u) == u \in LlThreads /\ life[Core(u)] # "alive"
DeadlockFreeInv ==
  \A t \in Threads :
    LET first == Owner(t)
        second == OwnerOf(first)
        third == OwnerOf(second)
    IN  first # "none" => \A u \in {first, second, third} : u # t /\ ~Dead(u)

\* LIV-7 SystemQuiesces: when all tasks are gone for good, the kernel build comes to
\* rest as DOM-3 demands.
SystemQuiescesProp ==
  Kernel /\ <>[](\A c \in Cores : n[c] = 0 /\ CallRests(c))
    => <>[](timer = "stopped" /\ ~data /\ \A c \in Cores : ~handler[c])

\* TSK-6 ScheduleNotLost: the tasks of a core that schedule() returned 0 for, and that
\* nobody cancels or frees, are run.
ScheduleNotLostProp ==
  \A c \in Cores : <>[](n[c] > 0 /\ CallRests(c)) => []<>At(LlThread(c), "R2")

\* LIV-8 ScheduleOnEveryCore: in the user build, too, on each core on which schedule()
\* returned 0.
ScheduleOnEveryCoreProp == User => ScheduleNotLostProp

\* LCK-7 PermittedLock, of the LL thread: an LL thread that comes to the LL lock of its
\* core, which exists, may use that lock.
LlThreadPermittedInv ==
  \A t \in LlThreads : At(t, "R1") /\ mutex[Core(t)] => t \in perm[Core(t)]

\* LCK-7 PermittedLock, of the IPC thread: a client in user mode that comes to the LL
\* lock of a core, to schedule a task there or to free one, may use that lock.
IpcThreadPermittedInv ==
  User => \A t \in Clients : InUserMode(t) /\ frame[t].pc \in {"S1", "F1"}
                               => t \in perm[frame[t].core]

\* OWN-5 CoreLocal, of the LL lock: the LL lock of a core is granted to no LL thread
\* but that of the core.
LockCoreLocalInv ==
  \A c \in Cores : perm[c] \cap LlThreads \subseteq {LlThread(c)}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTick == \E c \in Cores : handler[c] /\ n[c] > 0 /\ At(LlThread(c), "R2")
ReachBothCores == \A c \in Cores : handler[c] /\ n[c] > 0
ReachStoppedAgain ==
  AtRest /\ timer = "stopped" /\ ~data /\ \E c \in Cores : life[c] # "none"
ReachDoneAgain == AtRest /\ n = [c \in Cores |-> 0] /\ \E c \in Cores : life[c] # "none"
ReachRefused == \E t \in Clients : At(t, "S8")
ReachTornDown == User /\ AtRest /\ \E c \in Cores : ~mutex[c]
=============================================================================
