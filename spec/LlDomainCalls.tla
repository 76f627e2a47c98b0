---------------------------- MODULE LlDomainCalls ----------------------------
(***************************************************************************)
(* Scheduling a task and freeing one that waits for its turn, as far as    *)
(* they concern the domain: zephyr_ll_task_schedule_common() with          *)
(* domain_register(), zephyr_ll_task_free() and zephyr_ll_task_done() with *)
(* domain_unregister(). A task that is scheduled is on no list before.     *)
(***************************************************************************)
EXTENDS LlDomainDesign

Callers == Clients \cup LlThreads
CoresOf(t) == IF User /\ t = "ipc0" THEN Remote ELSE {Core(t)}

\* Whether a call is about to put a task on the list of this core.
ToBeLinked ==
  IF ~Fixed("R-100") THEN {"S1", "S6"}
  ELSE {"S1", "S7", "P1", "P2", "P3", "P4", "P5", "P6", "P6b", "P7", "S7b", "S6"}
Coming(c) == \E t \in Clients : frame[t].pc \in ToBeLinked /\ frame[t].core = c
InSetup(c) == \E t \in Starters : ~At(t, "idle") /\ frame[t].core = c

\* Where a thread goes on when the task is unregistered.
Unregistered(t) == IF t \in LlThreads THEN "R2" ELSE "F5"

-----------------------------------------------------------------------------
S0_Schedule(t, c) ==
  /\ At(t, "idle") /\ Runs(t) /\ c \in CoresOf(t)
  /\ mutex[c] = User /\ ~InSetup(c)
  /\ n[c] < MaxTasks /\ ~Coming(c)
  /\ frame' = [frame EXCEPT ![t] = [Idle EXCEPT !.pc = "S1", !.core = c]]
  /\ UNCHANGED memory

\* The domain is asked before the task is put on the list, if that is repaired.
S1_Lock(t) ==
  LET c == frame[t].core IN
  /\ At(t, "S1") /\ Runs(t)
  /\ IF InUserMode(t) /\ t \notin perm[c]
       THEN Stop("oops") /\ UNCHANGED <<frame, llLock>>
       ELSE /\ llLock[c] = "none"
            /\ llLock' = [llLock EXCEPT ![c] = t]
            /\ To(t, IF Fixed("R-100") THEN "S7" ELSE "S6")
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects>>

\* The task is put on the list and counted, and the LL lock released.
S6_Count(t) ==
  LET c == frame[t].core IN
  /\ At(t, "S6") /\ Runs(t)
  /\ n' = [n EXCEPT ![c] = @ + 1]
  /\ llLock' = [llLock EXCEPT ![c] = "none"]
  /\ To(t, IF Fixed("R-100") THEN "idle" ELSE "S7")
  /\ UNCHANGED <<life, total, handler, sem, clock, domLock, own, objects, fault>>

\* domain_register() calls the operation of the domain, and counts the task when that
\* succeeded.
S7_Register(t) ==
  /\ At(t, "S7") /\ Runs(t)
  /\ total' = IF Fixed("O-16") THEN total + 1 ELSE total
  /\ To(t, "P1")
  /\ UNCHANGED <<life, n, handler, sem, clock, locks, objects, fault>>

S7_Registered(t) ==
  /\ At(t, "S7b") /\ Runs(t)
  /\ total' = IF Fixed("O-16") THEN total ELSE total + 1
  /\ To(t, IF Fixed("R-100") THEN "S6" ELSE "idle")
  /\ UNCHANGED <<life, n, handler, sem, clock, locks, objects, fault>>

\* As merged a refusal is logged, and the caller told that all is well.
S8_Refused(t) ==
  LET c == frame[t].core IN
  /\ At(t, "S8") /\ Runs(t)
  /\ total' = IF Fixed("O-16") THEN total - 1 ELSE total
  /\ llLock' = [llLock EXCEPT ![c] = IF Fixed("R-100") THEN "none" ELSE @]
  /\ To(t, "idle")
  /\ UNCHANGED <<life, n, handler, sem, clock, domLock, own, objects, fault>>

-----------------------------------------------------------------------------
(* zephyr_domain_register() and zephyr_domain_register_user()              *)
P1_CheckHandler(t) ==
  LET c == frame[t].core IN
  /\ At(t, "P1") /\ Runs(t)
  /\ To(t, IF User /\ life[c] = "none" THEN "S8"
           ELSE IF handler[c] THEN "S7b"
           ELSE IF Kernel /\ Fixed("O-40") THEN "P4"
           ELSE "P2")
  /\ UNCHANGED memory

P2_SetHandler(t) ==
  LET c == frame[t].core IN
  /\ At(t, "P2") /\ Runs(t)
  /\ handler' = [handler EXCEPT ![c] = TRUE]
  /\ dog' = [dog EXCEPT ![c] = IF Fixed("R-133") THEN TRUE ELSE @]
  /\ To(t, IF User THEN "S7b" ELSE IF Fixed("O-40") THEN "P5" ELSE "P3")
  /\ UNCHANGED <<life, counters, sem, timer, data, locks, objects, fault>>

\* Whoever waits for a semaphore that is initialized waits for ever.
P3_InitSem(t) ==
  LET c == frame[t].core IN
  /\ At(t, "P3") /\ Runs(t)
  /\ IF life[c] = "alive" /\ At(LlThread(c), "L0")
       THEN Stop("sem") /\ UNCHANGED <<frame, sem>>
       ELSE /\ sem' = IF Broken("B-41") THEN sem
                      ELSE [sem EXCEPT ![c] = [life |-> "live", count |-> 0]]
            /\ To(t, "P4")
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, clock, locks, objects>>

P4_CreateThread(t) ==
  LET c == frame[t].core
      next == IF Fixed("O-40") THEN "P2" ELSE "P5"
  IN
  /\ At(t, "P4") /\ Runs(t)
  /\ IF life[c] = "alive"
       THEN IF Fixed("O-41") THEN To(t, next) /\ UNCHANGED <<life, fault>>
            ELSE Stop("thread") /\ UNCHANGED <<frame, life>>
       ELSE /\ life' = [life EXCEPT ![c] = "alive"]
            /\ frame' = [frame EXCEPT
                 ![t].pc = next, ![LlThread(c)] = [Idle EXCEPT !.pc = "L0", !.core = c]]
            /\ UNCHANGED fault
  /\ UNCHANGED <<counters, handler, sem, clock, locks, objects>>

Lock(t) == IF Broken("B-45") THEN UNCHANGED domLock
           ELSE domLock = "none" /\ domLock' = t
Unlock(t) == domLock' = IF domLock = t THEN "none" ELSE domLock

P5_Lock(t) ==
  /\ At(t, "P5") /\ Runs(t)
  /\ Lock(t)
  /\ To(t, "P6")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

P6_CheckTimer(t) ==
  /\ At(t, "P6") /\ Runs(t)
  /\ To(t, IF data THEN "P7" ELSE "P6b")
  /\ UNCHANGED memory

\* k_timer_init(), k_timer_user_data_set(), k_timer_start(). To initialize a
\* timer that is in the queue of timeouts damages the queue.
StartTimer(c) ==
  IF timer = "running" /\ ~Fixed("R-132")
    THEN Stop("timer") /\ UNCHANGED clock
    ELSE /\ timer' = "running"
         /\ data' = TRUE
         /\ dog' = [dog EXCEPT ![c] = IF Fixed("R-133") THEN @ ELSE TRUE]
         /\ UNCHANGED fault

P6_StartTimer(t) ==
  /\ At(t, "P6b") /\ Runs(t)
  /\ StartTimer(frame[t].core)
  /\ IF fault' = "no" THEN To(t, "P7") ELSE UNCHANGED frame
  /\ UNCHANGED <<life, counters, handler, sem, locks, objects>>

P7_Unlock(t) ==
  /\ At(t, "P7") /\ Runs(t)
  /\ Unlock(t)
  /\ To(t, "S7b")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

-----------------------------------------------------------------------------
(* A client frees a task that waits for its turn.                          *)
F0_Free(t, c) ==
  /\ At(t, "idle") /\ Runs(t) /\ c \in CoresOf(t)
  /\ mutex[c] = User /\ ~InSetup(c)
  /\ n[c] > 0
  /\ frame' = [frame EXCEPT ![t] = [Idle EXCEPT !.pc = "F1", !.core = c]]
  /\ UNCHANGED memory

\* The task can be done by now.
F1_Lock(t) ==
  LET c == frame[t].core IN
  /\ At(t, "F1") /\ Runs(t)
  /\ IF InUserMode(t) /\ t \notin perm[c]
       THEN Stop("oops") /\ UNCHANGED <<frame, llLock>>
       ELSE /\ llLock[c] = "none"
            /\ llLock' = [llLock EXCEPT ![c] = IF n[c] > 0 THEN t ELSE "none"]
            /\ To(t, IF n[c] > 0 THEN "U1" ELSE "idle")
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects>>

F5_Unlock(t) ==
  /\ At(t, "F5") /\ Runs(t)
  /\ llLock' = [llLock EXCEPT ![frame[t].core] = "none"]
  /\ To(t, "idle")
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects, fault>>

-----------------------------------------------------------------------------
(* domain_unregister() with zephyr_domain_unregister() or                  *)
(* zephyr_domain_unregister_user(), by a client or by the LL thread.       *)
Late == Broken("B-42") \/ Broken("B-43")

U1_Uncount(t) ==
  LET c == frame[t].core IN
  /\ At(t, "U1") /\ Runs(t)
  /\ n' = [n EXCEPT ![c] = @ - 1]
  /\ total' = IF Late THEN total ELSE total - 1
  /\ frame' = [frame EXCEPT ![t].pc = "Q1", ![t].left = n[c] - 1]
  /\ UNCHANGED <<life, handler, sem, clock, locks, objects, fault>>

Q1_CheckTasks(t) ==
  LET done == frame[t].left > 0 \/ (Broken("B-48") /\ t \in LlThreads) IN
  /\ At(t, "Q1") /\ Runs(t)
  /\ total' = IF Late /\ done THEN total - 1 ELSE total
  /\ frame' = [frame EXCEPT ![t].left = 0,
       ![t].pc = IF done THEN Unregistered(t)
                 ELSE IF Kernel /\ Broken("B-46") THEN "Q3" ELSE "Q2"]
  /\ UNCHANGED <<life, n, handler, sem, clock, locks, objects, fault>>

Q2_Lock(t) ==
  /\ At(t, "Q2") /\ Runs(t)
  /\ Lock(t)
  /\ To(t, IF User THEN "Q4"
           ELSE IF Broken("B-46") THEN (IF frame[t].last THEN "Q3b" ELSE "Q4")
           ELSE "Q3")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

Q3_CheckTotal(t) ==
  LET last == total = (IF Broken("B-43") THEN 1 ELSE 0) IN
  /\ At(t, "Q3") /\ Runs(t)
  /\ frame' = [frame EXCEPT
       ![t].last = Broken("B-46") /\ last,
       ![t].pc = IF Broken("B-46") THEN "Q2" ELSE IF last THEN "Q3b" ELSE "Q4"]
  /\ UNCHANGED memory

\* k_timer_stop() has no effect on a timer that is expiring.
StopTimer == timer' = IF timer = "running" THEN "stopped" ELSE timer

Q3_StopTimer(t) ==
  /\ At(t, "Q3b") /\ Runs(t)
  /\ StopTimer
  /\ data' = FALSE
  /\ dog' = [dog EXCEPT ![frame[t].core] = IF Fixed("R-133") THEN @ ELSE FALSE]
  /\ frame' = [frame EXCEPT ![t].pc = "Q4", ![t].last = FALSE]
  /\ UNCHANGED <<life, counters, handler, sem, locks, objects, fault>>

Q4_ClearHandler(t) ==
  LET c == frame[t].core IN
  /\ At(t, "Q4") /\ Runs(t)
  /\ handler' = [handler EXCEPT ![c] = Kernel /\ Broken("B-43") /\ @]
  /\ total' = IF Broken("B-42") THEN total - 1 ELSE total
  /\ dog' = [dog EXCEPT ![c] = IF Fixed("R-133") THEN FALSE ELSE @]
  /\ Unlock(t)
  /\ To(t, IF User \/ Fixed("O-41") THEN Unregistered(t) ELSE "Q5")
  /\ UNCHANGED <<life, n, sem, timer, data, llLock, own, objects, fault>>

\* k_thread_abort() of the LL thread does not return if that is the caller. What
\* it masked is unmasked, what it owns stays owned.
Q5_Abort(t) ==
  LET c == frame[t].core
      self == t = LlThread(c)
      late == Broken("B-43") /\ ~self
  IN
  /\ At(t, "Q5") /\ Runs(t)
  /\ life' = [life EXCEPT ![c] = "aborted"]
  /\ frame' = [frame EXCEPT ![LlThread(c)] = Idle,
                            ![t] = IF self THEN Idle ELSE [@ EXCEPT !.pc = "F5"]]
  /\ llLock' = [llLock EXCEPT ![c] = IF self /\ ~Broken("B-27") THEN "none" ELSE @]
  /\ handler' = [handler EXCEPT ![c] = @ /\ ~late]
  /\ total' = IF late THEN total - 1 ELSE total
  /\ UNCHANGED <<n, sem, clock, domLock, own, objects, fault>>
=============================================================================
