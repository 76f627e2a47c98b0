--------------------------- MODULE LlDomainContext ---------------------------
(***************************************************************************)
(* The user build: zephyr_ll_init_context() with                           *)
(* zephyr_domain_thread_init(), and the teardown of test builds,           *)
(* zephyr_ll_scheduler_free() with zephyr_domain_thread_free(). Commands of*)
(* a core are handled one after the other: nobody sets up or tears down    *)
(* while a client of that core is in a call.                               *)
(***************************************************************************)
EXTENDS LlDomainTimer

ClientsRest(c) == \A t \in Clients : ~At(t, "idle") => frame[t].core # c

NobodySetsUp(c) == \A t \in Starters : ~At(t, "idle") => frame[t].core # c

\* A task whose core does not exist belongs to the scheduler of the caller's core.
V0_InitContext(t, c) ==
  /\ At(t, "idle") /\ Runs(t)
  /\ c \in Cores => <<t, c>> \in Setups
  /\ c \in Cores => mutex[c] /\ ClientsRest(c) /\ NobodySetsUp(c)
  /\ c \notin Cores => mutex[Core(t)]
  /\ frame' = [frame EXCEPT ![t] = [Idle EXCEPT !.pc = "V1", !.core = c]]
  /\ UNCHANGED memory

V1_CheckCore(t) ==
  /\ At(t, "V1") /\ Runs(t)
  /\ To(t, IF frame[t].core \in Cores THEN "V2" ELSE "idle")
  /\ UNCHANGED memory

V2_CheckThread(t) ==
  /\ At(t, "V2") /\ Runs(t)
  /\ To(t, IF life[frame[t].core] = "none" THEN "V3" ELSE "G1")
  /\ UNCHANGED memory

V3_ClearHandler(t) ==
  /\ At(t, "V3") /\ Runs(t)
  /\ handler' = [handler EXCEPT ![frame[t].core] = FALSE]
  /\ To(t, "V4")
  /\ UNCHANGED <<life, counters, sem, clock, locks, objects, fault>>

Results == {"ok", "no_mem"}

V4_AllocSem(t, r) ==
  LET c == frame[t].core IN
  /\ At(t, "V4") /\ Runs(t)
  /\ sem' = IF r = "ok" THEN [sem EXCEPT ![c] = [life |-> "live", count |-> 0]] ELSE sem
  /\ To(t, IF r = "ok" THEN "V5" ELSE "idle")
  /\ UNCHANGED <<life, counters, handler, clock, locks, objects, fault>>

V5_AllocThread(t, r) ==
  LET c == frame[t].core IN
  /\ At(t, "V5") /\ Runs(t)
  /\ sem' = IF r = "ok" THEN sem ELSE [sem EXCEPT ![c] = [life |-> "none", count |-> 0]]
  /\ To(t, IF r = "ok" THEN "V6" ELSE "idle")
  /\ UNCHANGED <<life, counters, handler, clock, locks, objects, fault>>

\* k_thread_create(). The memory domain and the other permissions (V7) are in
\* KernelObjects.
V6_CreateThread(t) ==
  /\ At(t, "V6") /\ Runs(t)
  /\ life' = [life EXCEPT ![frame[t].core] = "created"]
  /\ To(t, "V8")
  /\ UNCHANGED <<counters, handler, sem, clock, locks, objects, fault>>

V8_StartThread(t) ==
  LET c == frame[t].core IN
  /\ At(t, "V8") /\ Runs(t)
  /\ life' = [life EXCEPT ![c] = "alive"]
  /\ frame' = [frame EXCEPT ![t].pc = "V9",
                            ![LlThread(c)] = [Idle EXCEPT !.pc = "L0", !.core = c]]
  /\ UNCHANGED <<counters, handler, sem, clock, locks, objects, fault>>

V9_Lock(t) ==
  /\ At(t, "V9") /\ Runs(t)
  /\ Lock(t)
  /\ To(t, "V9b")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

V9_CheckTimer(t) ==
  /\ At(t, "V9b") /\ Runs(t)
  /\ To(t, IF data THEN "V9d" ELSE "V9c")
  /\ UNCHANGED memory

V9_StartTimer(t) ==
  /\ At(t, "V9c") /\ Runs(t)
  /\ ~(Fixed("R-131") /\ InCallback)
  /\ StartTimer(frame[t].core)
  /\ IF fault' = "no" THEN To(t, "V9d") ELSE UNCHANGED frame
  /\ UNCHANGED <<life, counters, handler, sem, locks, objects>>

V9_Unlock(t) ==
  /\ At(t, "V9d") /\ Runs(t)
  /\ Unlock(t)
  /\ To(t, "G1")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

\* The LL thread of the current core may use the LL lock of the task's core. A grant
\* to NULL has no effect, and the caller is told that there is no thread.
G1_Grant(t) ==
  LET c == frame[t].core
      g == IF Fixed("O-43") THEN c ELSE Core(t)
  IN
  /\ At(t, "G1") /\ Runs(t)
  /\ perm' = IF life[g] = "none" THEN perm
             ELSE [perm EXCEPT ![c] = @ \cup {LlThread(g)}]
  /\ To(t, "idle")
  /\ UNCHANGED <<life, counters, handler, sem, clock, locks, mutex, fault>>

-----------------------------------------------------------------------------
(* Teardown, when there is no task left on the core.                       *)
\* The repaired design waits for the end of a tick (X0) before all else; with S-130 it
\* does so when it has the lock of the domain.
LocksInside == Fixed("O-42") /\ Broken("S-130")
FirstOfTeardown ==
  IF ~Fixed("O-42") THEN "X1" ELSE IF LocksInside THEN "X2" ELSE "X0"

X0_Free(t) ==
  LET c == Core(t) IN
  /\ At(t, "idle") /\ Runs(t) /\ Teardown
  /\ mutex[c] /\ life[c] = "alive" /\ n[c] = 0 /\ ClientsRest(c) /\ NobodySetsUp(c)
  /\ frame' = [frame EXCEPT ![t] = [Idle EXCEPT !.pc = FirstOfTeardown, !.core = c]]
  /\ UNCHANGED memory

\* In the repaired design only: the LL thread is not in a tick then.
X0_TakeLock(t) ==
  LET c == frame[t].core IN
  /\ At(t, "X0") /\ Runs(t) /\ llLock[c] = "none"
  /\ llLock' = [llLock EXCEPT ![c] = t]
  /\ To(t, IF LocksInside THEN "X3" ELSE "X2")
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects, fault>>

X1_FreeLock(t) ==
  LET c == frame[t].core IN
  /\ At(t, "X1") /\ Runs(t)
  /\ mutex' = [mutex EXCEPT ![c] = FALSE]
  /\ perm' = [perm EXCEPT ![c] = {}]
  /\ llLock' = [llLock EXCEPT ![c] = "none"]
  /\ To(t, IF Fixed("O-42") THEN "idle" ELSE "X2")
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, fault>>

X2_Lock(t) ==
  /\ At(t, "X2") /\ Runs(t)
  /\ Lock(t)
  /\ To(t, IF LocksInside THEN "X0" ELSE "X3")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

X3_StopTimer(t) ==
  LET c == frame[t].core
      last == IF Fixed("O-42") THEN \A d \in Cores \ {c} : life[d] = "none"
              ELSE n[c] = 0 /\ total = 0
  IN
  /\ At(t, "X3") /\ Runs(t)
  /\ ~(Fixed("R-131") /\ InCallback)
  /\ IF last
       THEN /\ StopTimer
            /\ data' = FALSE
            /\ dog' = [dog EXCEPT ![c] = IF Fixed("R-133") THEN @ ELSE FALSE]
       ELSE UNCHANGED clock
  /\ To(t, "X4")
  /\ UNCHANGED <<life, counters, handler, sem, locks, objects, fault>>

X4_ClearHandler(t) ==
  LET c == frame[t].core IN
  /\ At(t, "X4") /\ Runs(t)
  /\ ~(Fixed("R-131") /\ InCallback)
  /\ handler' = [handler EXCEPT ![c] = FALSE]
  /\ dog' = [dog EXCEPT ![c] = IF Fixed("R-133") THEN FALSE ELSE @]
  /\ Unlock(t)
  /\ To(t, "X5")
  /\ UNCHANGED <<life, counters, sem, timer, data, llLock, own, objects, fault>>

\* k_thread_abort() and k_object_free(): a thread that ends loses its permissions.
X5_Abort(t) ==
  LET c == frame[t].core IN
  /\ At(t, "X5") /\ Runs(t)
  /\ life' = [life EXCEPT ![c] = "none"]
  /\ frame' = [frame EXCEPT ![LlThread(c)] = Idle, ![t].pc = "X6"]
  /\ perm' = [d \in Cores |-> perm[d] \ {LlThread(c)}]
  /\ UNCHANGED <<counters, handler, sem, clock, locks, mutex, fault>>

X6_FreeSem(t) ==
  LET c == frame[t].core IN
  /\ At(t, "X6") /\ Runs(t)
  /\ sem' = [sem EXCEPT ![c] = [life |-> "none", count |-> 0]]
  /\ To(t, IF Fixed("O-42") THEN "X1" ELSE "idle")
  /\ UNCHANGED <<life, counters, handler, clock, locks, objects, fault>>
=============================================================================
