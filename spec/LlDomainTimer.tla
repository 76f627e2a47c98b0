---------------------------- MODULE LlDomainTimer ----------------------------
(***************************************************************************)
(* The timer interrupt with zephyr_domain_timer_fn(), and the LL threads:  *)
(* zephyr_domain_thread_fn() and the tick, zephyr_ll_run(), in which the   *)
(* environment decides which tasks are done.                               *)
(***************************************************************************)
EXTENDS LlDomainCalls

SemOf(c) == IF Broken("B-41") THEN 0 ELSE c

\* With the lock that the callback takes nobody starts or stops the timer
\* meanwhile.
InCallback == \E i \in Isrs : ~At(i, "idle") /\ ~At(i, "I2") /\ ~At(i, "I3")

-----------------------------------------------------------------------------
(* sys_clock_announce() and z_timer_expiration_handler(): the timer is     *)
(* taken out of the queue, then put back, then calls. Only one core at a   *)
(* time announces.                                                         *)
I1_Expire(i) ==
  /\ fault = "no" /\ timer = "running"
  /\ \A j \in Isrs : At(j, "idle")
  /\ ~Masked(Core(i))
  /\ timer' = "expiring"
  /\ To(i, "I2")
  /\ UNCHANGED <<life, counters, handler, sem, data, dog, locks, objects, fault>>

\* One that was started again is left alone.
I2_Rearm(i) ==
  /\ At(i, "I2") /\ fault = "no"
  /\ timer' = "running"
  /\ To(i, IF timer = "running" THEN "idle" ELSE "I3")
  /\ UNCHANGED <<life, counters, handler, sem, data, dog, locks, objects, fault>>

I3_ReadData(i) ==
  /\ At(i, "I3") /\ fault = "no"
  /\ IF Kernel /\ Fixed("R-131")
       THEN domLock = "none" /\ domLock' = (IF data \/ ~Broken("B-44") THEN i ELSE "none")
       ELSE UNCHANGED domLock
  /\ To(i, IF data THEN "I5" ELSE IF Broken("B-44") THEN "idle" ELSE "I4")
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

I4_StopTimer(i) ==
  /\ At(i, "I4") /\ fault = "no"
  /\ StopTimer
  /\ Unlock(i)
  /\ To(i, "idle")
  /\ UNCHANGED <<life, counters, handler, sem, data, dog, llLock, own, objects, fault>>

\* The core after the one that was looked at.
Onward(i) ==
  IF frame[i].core = 0
    THEN frame' = [frame EXCEPT ![i].core = 1, ![i].pc = "I5"] /\ UNCHANGED domLock
    ELSE To(i, "idle") /\ Unlock(i)

I5_TestHandler(i) ==
  /\ At(i, "I5") /\ fault = "no"
  /\ IF handler[frame[i].core] THEN To(i, "I6") /\ UNCHANGED domLock ELSE Onward(i)
  /\ UNCHANGED <<life, counters, handler, sem, clock, llLock, own, objects, fault>>

\* k_sem_give() of a zeroed semaphore does nothing: its limit is 0. When the tick
\* semaphore of the user build is freed its pointer becomes NULL.
I6_Give(i) ==
  LET c == frame[i].core
      s == SemOf(c)
      wakes == Broken("B-40") => life[c] = "alive" /\ At(LlThread(c), "L0")
  IN
  /\ At(i, "I6") /\ fault = "no"
  /\ IF sem[s].life = "none"
       THEN Stop("null") /\ UNCHANGED <<frame, sem, domLock>>
       ELSE /\ sem' = IF sem[s].life = "live" /\ sem[s].count < TickLimit /\ wakes
                        THEN [sem EXCEPT ![s].count = @ + 1] ELSE sem
            /\ Onward(i)
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, clock, llLock, own, objects>>

-----------------------------------------------------------------------------
L0_Take(t) ==
  LET s == SemOf(Core(t)) IN
  /\ At(t, "L0") /\ Runs(t)
  /\ sem[s].count > 0
  /\ sem' = [sem EXCEPT ![s].count = @ - 1]
  /\ To(t, "L1")
  /\ UNCHANGED <<life, counters, handler, clock, locks, objects, fault>>

L1_Handler(t) ==
  /\ At(t, "L1") /\ Runs(t)
  /\ To(t, IF ~handler[Core(t)] THEN "L0" ELSE IF Fixed("R-134") THEN "R1" ELSE "L2")
  /\ UNCHANGED memory

\* The handler is read again for the call.
L2_Call(t) ==
  /\ At(t, "L2") /\ Runs(t)
  /\ IF handler[Core(t)] THEN To(t, "R1") /\ UNCHANGED fault
     ELSE Stop("null") /\ UNCHANGED frame
  /\ UNCHANGED <<life, counters, handler, sem, clock, locks, objects>>

R1_Lock(t) ==
  LET c == Core(t) IN
  /\ At(t, "R1") /\ Runs(t)
  /\ IF User /\ ~(mutex[c] /\ t \in perm[c])
       THEN Stop("oops") /\ UNCHANGED <<frame, llLock>>
       ELSE /\ llLock[c] = "none"
            /\ llLock' = [llLock EXCEPT ![c] = t]
            /\ To(t, "R2")
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects>>

\* A task completes, or is cancelled or freed: zephyr_ll_task_done().
R2_Done(t) ==
  /\ At(t, "R2") /\ Runs(t) /\ n[Core(t)] > 0
  /\ To(t, "U1")
  /\ UNCHANGED memory

\* A callback, or the tick of the DP scheduler, waits. In the kernel build the LL
\* lock is not held then, and there is a lock that it took for itself.
R2d_Block(t) ==
  LET c == Core(t) IN
  /\ At(t, "R2") /\ Runs(t) /\ Blocking /\ n[c] > 0
  /\ To(t, "R2d")
  /\ llLock' = [llLock EXCEPT ![c] = IF Kernel THEN "none" ELSE @]
  /\ own' = [own EXCEPT ![c] = TRUE]
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, objects, fault>>

R2d_Resume(t) ==
  LET c == Core(t) IN
  /\ At(t, "R2d") /\ Runs(t) /\ llLock[c] \in {"none", t}
  /\ To(t, "R2")
  /\ llLock' = [llLock EXCEPT ![c] = t]
  /\ own' = [own EXCEPT ![c] = FALSE]
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, objects, fault>>

\* The lock may have been freed meanwhile.
R4_Unlock(t) ==
  /\ At(t, "R2") /\ Runs(t)
  /\ IF User /\ ~mutex[Core(t)]
       THEN Stop("oops") /\ UNCHANGED <<frame, llLock>>
       ELSE /\ llLock' = [llLock EXCEPT ![Core(t)] = "none"]
            /\ To(t, "L0")
            /\ UNCHANGED fault
  /\ UNCHANGED <<life, counters, handler, sem, clock, domLock, own, objects>>
=============================================================================
