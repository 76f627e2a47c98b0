------------------------------- MODULE LlCalls -------------------------------
(***************************************************************************)
(* What threads ask of the low-latency scheduler: to initialize, schedule, *)
(* cancel and free a task, and to keep it from running tasks. A callback   *)
(* may ask for the same. One action for each label of zephyr_ll.c.         *)
(***************************************************************************)
EXTENDS LlThreads

-----------------------------------------------------------------------------
(* zephyr_ll_task_init(), which finds priv_data to be NULL                 *)
Unborn(k) == {n \in 1..MaxInits : pd[Generation(k, n)].life = "unborn"}
NextPdata(k) == Generation(k, CHOOSE n \in Unborn(k) : \A m \in Unborn(k) : n <= m)

N_Init(t, k, outcome) ==
  /\ Calls(t)
  /\ priv[k] = "null" /\ Unborn(k) # {}
  /\ outcome \in {"no_record", "no_sem"} => Dynamic
  /\ ~(Fixed("O-13") /\ Build = "user" /\ k \in KernelTasks)
  /\ IF k \in OutOfReach(t) THEN Fault(t, "oops")
     ELSE LET p == NextPdata(k)
              made == outcome = "ok"
          IN  /\ state' = [state EXCEPT ![k] = "INIT"]
              /\ bound' = [bound EXCEPT ![k] = TRUE]
              /\ priv' = [priv EXCEPT ![k] =
                   IF made \/ (Broken("S-100") /\ outcome # "no_pdata") THEN p ELSE "null"]
              /\ pd' = IF outcome = "no_pdata" THEN pd
                       ELSE [pd EXCEPT ![p].life = IF made THEN "live" ELSE "freed"]
              /\ records' = IF made /\ Dynamic THEN Append(records, p) ELSE records
              /\ sem' = IF made THEN [sem EXCEPT ![SemOf(p)] = 0] ELSE sem
              /\ UNCHANGED <<links, current, counts, domain, threads, locks, halt>>

-----------------------------------------------------------------------------
\* May the thread call about the task? It was initialized once, so that task.sch
\* leads to the scheduler.
Asks(t, k) == Calls(t) /\ bound[k]

\* In the kernel build the caller must be on the scheduler's core.
Enter(t, k, f) ==
  IF k \in OutOfReach(t) THEN Fault(t, "oops")
  ELSE IF Build = "kernel" /\ CoreOf[t] # Home /\ ~Broken("B-28") THEN Fault(t, "assert")
  ELSE /\ stack' = [stack EXCEPT ![t] = Append(@, f)]
       /\ UNCHANGED <<links, tasks, memory, counts, domain, status, locks, halt>>

Scheduling(k, ref, where) ==
  [New("schedule", "S1_Lock") EXCEPT !.task = k, !.ref = ref, !.where = where]

\* A bound of the model, on who calls and not on the scheduler: whatever is
\* under way goes on.
AsksToSchedule(t, k) == Asks(t, k) /\ ntasks <= MaxCount

S0_Schedule(t, k) == AsksToSchedule(t, k) /\ Enter(t, k, Scheduling(k, None, None))
S0_Before(t, k, ref) ==
  AsksToSchedule(t, k) /\ ref # k /\ Enter(t, k, Scheduling(k, ref, "before"))
S0_After(t, k, ref) ==
  AsksToSchedule(t, k) /\ ref # k /\ Enter(t, k, Scheduling(k, ref, "after"))

S1_Lock(t) == At(t, "S1_Lock") /\ LockOnly(t, "S2_CheckPdata")

S2_CheckPdata(t) ==
  LET p == priv[Top(t).task]
  IN  /\ At(t, "S2_CheckPdata")
      /\ IF Follow(p) = "uaf" THEN Fault(t, "uaf")
         ELSE /\ IF p = "null" \/ (p # "null" /\ pd[p].freeing)
                      \/ (Broken("S-107") /\ state[Top(t).task] = "FREE")
                   THEN stack' = Popped(t)
                        /\ IF Broken("S-102") THEN UNCHANGED <<status, locks>> ELSE DropLock(t)
                   ELSE Goto(t, "S3_Scan") /\ UNCHANGED <<status, locks>>
              /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

\* Is the task in the main list, or in that of those that ran?
Found(t) ==
  LET k == Top(t).task
      main == Scan(Links, "main", k, OutOfReach(t))
  IN  IF main # "absent" \/ ~Fixed("O-03") THEN main
      ELSE Scan(Links, "temp", k, OutOfReach(t))

\* "Already scheduled" ends the call, unless the task was cancelled, or its
\* callback executes and may be about to complete.
S3_Scan(t) ==
  LET k == Top(t).task
      found == Found(t)
      again == \/ state[k] = "CANCEL" /\ ~Broken("B-20")
               \/ Fixed("O-36") /\ current = k
  IN  /\ At(t, "S3_Scan")
      /\ IF found \notin {"found", "absent"} THEN Fault(t, found)
         ELSE /\ IF found = "found" /\ ~again THEN UnlockAndReturn(t)
                 ELSE /\ Goto(t, IF found = "found" \/ state[k] = "CANCEL" THEN "S4_Requeue"
                                 ELSE IF Fixed("R-100") THEN "S7_Register" ELSE "S5_Insert")
                      /\ UNCHANGED <<status, locks>>
              /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

S4_Requeue(t) ==
  /\ At(t, "S4_Requeue")
  /\ state' = [state EXCEPT ![Top(t).task] = "QUEUED"]
  /\ UnlockAndReturn(t)
  /\ UNCHANGED <<links, priv, bound, current, memory, counts, domain, halt>>

\* In front of the first with a lower priority. The repaired design, during a
\* tick, looks among those that ran as well.
ByPriority(t, k) ==
  LET bad == OutOfReach(t)
      ran == Place(Links, next["temp"], "temp", k, bad, Fuel)
      main == Place(Links, next["main"], "main", k, bad, Fuel)
  IN  IF Fixed("R-102") /\ current # "null" /\ (ran.at # "temp" \/ ran.err # "no")
        THEN InsertBefore(Links, k, ran.at, bad)
        ELSE AppendAt(Links, k, main, bad)

\* A reference that is not linked is not looked at, if that is repaired.
RefListed(t, ref) ==
  \/ Scan(Links, "main", ref, OutOfReach(t)) = "found"
  \/ Fixed("O-03") /\ Scan(Links, "temp", ref, OutOfReach(t)) = "found"

Inserted(t) ==
  LET f == Top(t)
      bad == OutOfReach(t)
  IN  IF f.where = None \/ (Fixed("O-51") /\ ~RefListed(t, f.ref)) THEN ByPriority(t, f.task)
      ELSE IF f.where = "before" THEN InsertBefore(Links, f.task, f.ref, bad)
      ELSE InsertAfter(Links, f.task, f.ref, bad)

S5_Insert(t) ==
  LET k == Top(t).task
      L == Inserted(t)
  IN  /\ At(t, "S5_Insert")
      /\ state' = IF Top(t).where = None \/ Fixed("R-101")
                    THEN [state EXCEPT ![k] = "QUEUED"] ELSE state
      /\ SetLinks(L)
      /\ IF L.err # "no" THEN halt' = [why |-> L.err, by |-> t] /\ UNCHANGED <<pd, stack>>
         ELSE /\ pd' = IF Fixed("R-102")
                         THEN [pd EXCEPT ![priv[k]].run = current # "null"] ELSE pd
              /\ Goto(t, "S6_Count")
              /\ UNCHANGED halt
      /\ UNCHANGED <<priv, bound, current, sem, records, counts, domain, status, locks>>

S6_Count(t) ==
  /\ At(t, "S6_Count")
  /\ ntasks' = ntasks + 1
  /\ DropLock(t)
  /\ IF Fixed("R-100") THEN stack' = Popped(t) ELSE Goto(t, "S7_Register")
  /\ UNCHANGED <<links, tasks, memory, total, domain, halt>>

\* domain_register(), one step here. The kernel build makes the thread, if there
\* is none, and starts the timer; the user build needs them to be there.
MakesThread ==
  ~handler /\ Build = "kernel" /\ (status[LL] = "none" \/ ~Fixed("O-41"))
Register ==
  IF handler THEN UNCHANGED <<domain, status>>
  ELSE /\ handler' = TRUE
       /\ timer' = (timer \/ (Build = "kernel" /\ ~Broken("S-108")))
       /\ tick' = IF Build = "kernel" /\ ~Fixed("O-40") THEN 0 ELSE tick
       /\ status' = IF MakesThread THEN [status EXCEPT ![LL] = "ready"] ELSE status
Refused == Build = "user" /\ status[LL] = "none"

S7_Register(t) ==
  LET after == IF Fixed("R-100") /\ ~Refused
                 THEN WithTop(t, [Top(t) EXCEPT !.pc = "S5_Insert"]) ELSE Popped(t)
  IN  /\ At(t, "S7_Register")
      /\ IF Refused
           THEN /\ stack' = after
                /\ IF Fixed("R-100") THEN DropLock(t) ELSE UNCHANGED <<status, locks>>
                /\ UNCHANGED <<total, domain>>
           ELSE /\ Register
                /\ total' = total + 1
                /\ stack' = IF MakesThread THEN [after EXCEPT ![LL] = FreshStack] ELSE after
                /\ UNCHANGED locks
      /\ UNCHANGED <<links, tasks, memory, ntasks, halt>>

-----------------------------------------------------------------------------
(* zephyr_ll_task_cancel()                                                 *)
C0_Cancel(t, k) ==
  Asks(t, k) /\ Enter(t, k, [New("cancel", "C1_Lock") EXCEPT !.task = k])

C1_Lock(t) == At(t, "C1_Lock") /\ LockOnly(t, "C2_Cancel")

NotScheduled(k) ==
  \/ state[k] = "INIT" /\ ~Broken("B-23")
  \/ state[k] = "FREE" /\ ~Broken("B-22")

\* The timer domain has no hook for a task that is cancelled. B-49 is that of the DMA
\* domain: interrupts end with the pipeline, and the hook gives the tick in which the
\* task is unlinked, if it takes that for the last one.
CancelHook ==
  IF ~Broken("B-49") THEN UNCHANGED <<domain, status>>
  ELSE /\ timer' = FALSE
       /\ IF ntasks - 1 = 0 THEN GiveTick ELSE UNCHANGED <<tick, status>>
       /\ UNCHANGED handler

C2_Cancel(t) ==
  LET k == Top(t).task
      unlinks == Broken("B-36") /\ NotScheduled(k)
      L == IF unlinks THEN Unlink(Links, k, OutOfReach(t)) ELSE Links
  IN  /\ At(t, "C2_Cancel")
      /\ state' = IF NotScheduled(k) /\ ~unlinks THEN state ELSE [state EXCEPT ![k] = "CANCEL"]
      /\ SetLinks(L)
      /\ IF L.err = "no" THEN Goto(t, "C3_Unlock") /\ UNCHANGED halt
         ELSE halt' = [why |-> L.err, by |-> t] /\ UNCHANGED stack
      /\ total' = IF Broken("B-47") /\ state[k] = "FREE" THEN total - 1 ELSE total
      /\ IF NotScheduled(k) THEN UNCHANGED <<domain, status>> ELSE CancelHook
      /\ UNCHANGED <<priv, bound, current, memory, ntasks, locks>>

C3_Unlock(t) ==
  /\ At(t, "C3_Unlock")
  /\ UnlockAndReturn(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

-----------------------------------------------------------------------------
(* zephyr_ll_task_free(), of a task that is initialized                    *)
F0_Free(t, k) ==
  /\ Asks(t, k) /\ priv[k] # "null"
  /\ Enter(t, k, [New("free", "F1_Lock") EXCEPT !.task = k, !.pdata = priv[k]])

F1_Lock(t) == At(t, "F1_Lock") /\ LockOnly(t, "F2_Decide")

\* Linked, as far as the state tells.
OnList(k) ==
  ~(state[k] = "FREE" \/ (state[k] = "INIT" /\ ~Broken("B-21")))

\* Does the thread itself execute the callback, below the call?
OwnCallback(t, k) == t = LL /\ current = k

MustWait(f) ==
  IF Fixed("O-08") THEN current = f.task
  ELSE CASE state[f.task] = "RUNNING" -> TRUE
         [] state[f.task] = "CANCEL"  -> pd[f.pdata].run
         [] OTHER                     -> FALSE

F2_Decide(t) ==
  LET k == Top(t).task
      f == IF Fixed("R-103") THEN [Top(t) EXCEPT !.pdata = priv[k]] ELSE Top(t)
      refused == \/ Fixed("R-103") /\ (f.pdata = "null" \/ pd[f.pdata].freeing)
                 \/ Fixed("O-22") /\ OwnCallback(t, k)
      asks == state[k] = "CANCEL" /\ ~Fixed("O-08")   \* reads pdata.run
      g == [f EXCEPT !.wait = MustWait(f), !.pc = "F4_SetFreeing"]
  IN  /\ At(t, "F2_Decide")
      /\ IF refused
           THEN UnlockAndReturn(t) /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>
         ELSE IF asks /\ Follow(f.pdata) # "no" THEN Fault(t, Follow(f.pdata))
         ELSE /\ stack' = IF OnList(k) /\ ~g.wait
                            THEN Pushed(t, g, [New("done", "D1_Unlink") EXCEPT !.task = k])
                            ELSE WithTop(t, g)
              /\ UNCHANGED <<links, tasks, memory, counts, domain, status, locks, halt>>

F4_SetFreeing(t) ==
  LET p == Top(t).pdata
  IN  /\ At(t, "F4_SetFreeing")
      /\ IF Follow(p) # "no" THEN Fault(t, Follow(p))
         ELSE /\ pd' = [pd EXCEPT ![p].freeing = TRUE]
              /\ Goto(t, "F5_Unlock")
              /\ UNCHANGED <<links, tasks, sem, records, counts, domain, status, locks, halt>>

WaitsLocked(f) == Broken("S-104") /\ f.wait

F5_Unlock(t) ==
  /\ At(t, "F5_Unlock")
  /\ Goto(t, IF Top(t).wait THEN "F6_Wait" ELSE "F7_Lock")
  /\ IF WaitsLocked(Top(t)) THEN UNCHANGED <<status, locks>> ELSE DropLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

\* The processor goes to others while a thread waits, and its mask with it: with
\* S-104 the thread has it again when it goes on.
GivenUp(t) == [c \in Cores |-> IF masked[c] = t THEN None ELSE masked[c]]
Kept(f) == WaitsLocked(f) /\ Build = "user"

F6_Wait(t) ==
  LET s == SemOf(Top(t).pdata)
  IN  /\ At(t, "F6_Wait")
      /\ IF Follow(Top(t).pdata) # "no" THEN Fault(t, Follow(Top(t).pdata))
         ELSE /\ Goto(t, "F7_Lock")
              /\ IF sem[s] > 0
                   THEN sem' = [sem EXCEPT ![s] = @ - 1] /\ UNCHANGED status
                   ELSE status' = [status EXCEPT ![t] = "pended"] /\ UNCHANGED sem
              /\ masked' = IF sem[s] = 0 THEN GivenUp(t) ELSE masked
              /\ UNCHANGED <<links, tasks, pd, records, counts, domain, mutex, halt>>

F6_Timeout(t) ==
  /\ halt.why = "no" /\ \E s \in Semaphores : Awaits(t, s)
  /\ status' = [status EXCEPT ![t] = "ready"]
  /\ stack' = WithTop(t, [Top(t) EXCEPT !.result = "EAGAIN"])
  /\ UNCHANGED <<links, tasks, memory, counts, domain, locks, halt>>

Checks == Proposed("P-607") \/ Fixed("O-05")
F7_Lock(t) ==
  /\ At(t, "F7_Lock")
  /\ Goto(t, IF Checks THEN "F7_Check" ELSE "F7_Release")
  /\ IF Kept(Top(t)) THEN UNCHANGED <<status, locks>> ELSE TakeLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

\* After a timeout the proposal unlinks the task here, whatever it is at. The
\* fix gives up if the callback still executes.
F7_Check(t) ==
  LET f == Top(t)
      timedOut == f.result = "EAGAIN"
      g == [f EXCEPT !.pc = "F7_Release"]
  IN  /\ At(t, "F7_Check")
      /\ IF Fixed("O-05") /\ timedOut /\ current = f.task
           THEN /\ pd' = [pd EXCEPT ![f.pdata].freeing = FALSE]
                /\ UnlockAndReturn(t)
           ELSE /\ stack' = IF Proposed("P-607") /\ timedOut /\ state[f.task] # "FREE"
                              THEN Pushed(t, g, [New("done", "D1_Unlink") EXCEPT !.task = f.task])
                              ELSE WithTop(t, g)
                /\ UNCHANGED <<pd, status, locks>>
      /\ UNCHANGED <<links, tasks, sem, records, counts, domain, halt>>

\* Record and semaphore go with the pdata.
F7_Release(t) ==
  LET k == Top(t).task
      p == Top(t).pdata
  IN  /\ At(t, "F7_Release")
      /\ IF Follow(p) # "no" THEN Fault(t, Follow(p))
         ELSE /\ priv' = [priv EXCEPT ![k] = "null"]
              /\ pd' = [pd EXCEPT ![p] = [life |-> "freed", run |-> FALSE, freeing |-> FALSE]]
              /\ records' = IF Broken("S-101") THEN records
                           ELSE SelectSeq(records, LAMBDA r : r # p)
              /\ sem' = IF Broken("B-10") THEN sem ELSE [sem EXCEPT ![p] = 0]
              /\ Goto(t, "F7_Unlock")
              /\ UNCHANGED <<links, state, bound, current, counts, domain, status, locks, halt>>

F7_Unlock(t) ==
  /\ At(t, "F7_Unlock")
  /\ UnlockAndReturn(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

-----------------------------------------------------------------------------
(* zephyr_ll_task_done(), with the lock held, in the caller of free or in  *)
(* the LL thread                                                           *)
D1_Unlink(t) ==
  LET k == Top(t).task
      L == Unlink(Links, k, OutOfReach(t))
  IN  /\ At(t, "D1_Unlink")
      /\ IF L.err # "no" THEN LinkFault(t, L)
         ELSE /\ SetLinks(L)
              /\ stack' = WithTop(t, [Top(t) EXCEPT !.pdata = priv[k], !.pc = "D2_CheckCount"])
              /\ UNCHANGED <<tasks, memory, counts, domain, status, locks, halt>>

D2_CheckCount(t) ==
  /\ At(t, "D2_CheckCount")
  /\ IF ntasks = 0 THEN Fault(t, "panic")
     ELSE Goto(t, "D3_SetFree")
          /\ UNCHANGED <<links, tasks, memory, counts, domain, status, locks, halt>>

D3_SetFree(t) ==
  /\ At(t, "D3_SetFree")
  /\ state' = [state EXCEPT ![Top(t).task] = "FREE"]
  /\ Goto(t, IF Broken("B-26") THEN "D5_Unregister" ELSE "D4_Give")
  /\ UNCHANGED <<links, priv, bound, current, memory, counts, domain, status, locks, halt>>

\* k_sem_give(): to the thread with the best priority that waits, else the
\* semaphore counts it. More than one waits only with B-10.
ByBest == <<LL, "ipc0", "user0", "ipcx0", "ipc1">>
Waiters(s) == {i \in 1..Len(ByBest) : ByBest[i] \in Threads /\ Awaits(ByBest[i], s)}
Give(s) ==
  IF Waiters(s) = {} THEN sem' = [sem EXCEPT ![s] = 1] /\ UNCHANGED status
  ELSE LET first == CHOOSE i \in Waiters(s) : \A j \in Waiters(s) : i <= j
       IN  status' = [status EXCEPT ![ByBest[first]] = "ready"] /\ UNCHANGED sem

D4_Give(t) ==
  LET p == Top(t).pdata
      skips == p = "null" /\ (Proposed("P-521") \/ Proposed("P-900"))
      after == IF Broken("B-26") THEN Popped(t)
               ELSE WithTop(t, [Top(t) EXCEPT !.pc = "D5_Unregister"])
  IN  /\ At(t, "D4_Give")
      /\ IF ~skips /\ Follow(p) # "no" THEN Fault(t, Follow(p))
         ELSE /\ IF ~skips /\ pd[p].freeing THEN Give(SemOf(p)) ELSE UNCHANGED <<sem, status>>
              /\ stack' = after
              /\ UNCHANGED <<links, tasks, pd, records, counts, domain, locks, halt>>

\* The end of the LL thread, which drops the mask that it holds, but no lock.
Aborted(c) == IF masked[c] = LL /\ ~Broken("B-27") THEN None ELSE masked[c]

\* domain_unregister(). In the kernel build the last task takes the LL thread of
\* the caller's core with it, even if that is who calls.
D5_Unregister(t) ==
  LET last == ntasks = 1
      kernel == Build = "kernel"
      home == CoreOf[t] = Home \/ ~kernel
      aborts == kernel /\ last /\ ~Fixed("O-41")
      back == IF Broken("B-26") THEN WithTop(t, [Top(t) EXCEPT !.pc = "D4_Give"]) ELSE Popped(t)
  IN  /\ At(t, "D5_Unregister")
      /\ ntasks' = ntasks - 1
      /\ total' = total - 1
      /\ handler' = (handler /\ (~last \/ ~home \/ Broken("S-103")))
      /\ timer' = (timer /\ ~(kernel /\ last /\ total = 1))
      /\ IF aborts
           THEN IF status[LL] = "none" \/ ~home
                  THEN halt' = [why |-> "null", by |-> t] /\ UNCHANGED <<threads, masked>>
                  ELSE /\ status' = [status EXCEPT ![LL] = "aborted"]
                       /\ stack' = [back EXCEPT ![LL] = <<>>]
                       /\ masked' = [c \in Cores |-> Aborted(c)]
                       /\ UNCHANGED halt
           ELSE stack' = back /\ UNCHANGED <<status, masked, halt>>
      /\ UNCHANGED <<links, tasks, memory, tick, mutex>>

-----------------------------------------------------------------------------
(* user_ll_lock_sched() and user_ll_unlock_sched(), user build             *)
K_Lock(t) ==
  /\ Runs(t) /\ Build = "user" /\ ~Busy(t)
  /\ stack' = [stack EXCEPT ![t] = <<New("section", "K_Unlock")>>]
  /\ TakeLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

K_Unlock(t) ==
  /\ At(t, "K_Unlock")
  /\ UnlockAndReturn(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>
=============================================================================
