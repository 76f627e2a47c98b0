------------------------------- MODULE LlTick -------------------------------
(***************************************************************************)
(* The tick: the timer's interrupt, the loop of the LL thread, and         *)
(* zephyr_ll_run(), with what callbacks may do beside calling the          *)
(* scheduler: wait, and return.                                            *)
(***************************************************************************)
EXTENDS LlCalls

-----------------------------------------------------------------------------
(* zephyr_domain_timer_fn() and zephyr_domain_thread_fn()                  *)
\* An interrupt that changes nothing is none. On one CPU none comes while
\* interrupts are masked.
Isr ==
  /\ halt.why = "no" /\ timer /\ handler
  /\ Discipline = "UP_COOP" => masked[Home] = None
  /\ AwaitsTick \/ tick < TickLimit
  /\ GiveTick
  /\ UNCHANGED <<links, tasks, memory, counts, handler, timer, stack, locks, halt>>

L0_Take(t) ==
  /\ At(t, "L0_Take")
  /\ Goto(t, "L1_Handler")
  /\ IF tick > 0
       THEN tick' = tick - 1 /\ UNCHANGED status
       ELSE status' = [status EXCEPT ![t] = "pended"] /\ UNCHANGED tick
  /\ UNCHANGED <<links, tasks, memory, counts, handler, timer, locks, halt>>

L1_Handler(t) ==
  /\ At(t, "L1_Handler")
  /\ stack' = LET f == [Top(t) EXCEPT !.pc = "L0_Take"]
              IN  IF handler THEN Pushed(t, f, New("run", "R1_Lock")) ELSE WithTop(t, f)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, status, locks, halt>>

-----------------------------------------------------------------------------
(* zephyr_ll_run()                                                         *)

\* The list of those that ran begins anew with each tick, unless it belongs to
\* the scheduler. With B-24 there is a cursor instead. With B-25 the tick takes all
\* tasks from the main list before it runs the first.
R1_Lock(t) ==
  /\ At(t, "R1_Lock")
  /\ IF Fixed("O-03") THEN UNCHANGED links
     ELSE /\ next' = [next EXCEPT !["temp"] = "temp"]
          /\ prev' = [prev EXCEPT !["temp"] = "temp"]
  /\ stack' = WithTop(t, [Top(t) EXCEPT !.pc = "R2_Pick",
                            !.ref = CASE Broken("B-24") -> next["main"]
                                      [] Broken("B-25") -> "main"
                                      [] OTHER -> None])
  /\ TakeLock(t)
  /\ UNCHANGED <<tasks, memory, counts, domain, halt>>

DropsLock == Build = "kernel" \/ Broken("B-15")

From(t) == IF Broken("B-25") THEN Top(t).ref ELSE "main"
Front(t) == IF Broken("B-24") THEN Top(t).ref ELSE next[From(t)]
Gathers(t) == Broken("B-25") /\ From(t) = "main"

\* From the main list to that of those that ran.
MovedToTemp(t, k) ==
  IF Broken("B-24") \/ From(t) = "temp" THEN Links
  ELSE InsertBefore(Unlink(Links, k, OutOfReach(t)), k, "temp", OutOfReach(t))

\* Drop a task that was cancelled.
Drop(t, k) ==
  LET f == [Top(t) EXCEPT !.ref = IF Broken("B-24") THEN next[k] ELSE @]
  IN  /\ stack' = Pushed(t, f, [New("done", "D1_Unlink") EXCEPT !.task = k])
      /\ UNCHANGED <<links, state, current, pd, status, halt>>

\* Start a callback.
Start(t, k) ==
  LET L == MovedToTemp(t, k)
      f == [Top(t) EXCEPT !.task = k, !.pdata = priv[k], !.ran = @ \cup {k},
                          !.pc = IF DropsLock THEN "R2c_Unlock" ELSE "R2d"]
  IN  /\ pd' = [pd EXCEPT ![priv[k]].run = TRUE]
      /\ state' = [state EXCEPT ![k] = "RUNNING"]
      /\ SetLinks(L)
      /\ halt' = IF L.err = "no" THEN halt ELSE [why |-> L.err, by |-> t]
      /\ stack' = IF L.err = "no" THEN WithTop(t, f) ELSE stack
      /\ current' = IF KnowsCurrent THEN k ELSE current
      /\ UNCHANGED status

\* It was scheduled during this tick, or others are not gathered yet: not its turn.
Skip(t, k) ==
  /\ SetLinks(MovedToTemp(t, k))
  /\ UNCHANGED <<state, current, pd, threads, halt>>

Done(t) ==
  /\ IF Gathers(t) THEN stack' = WithTop(t, [Top(t) EXCEPT !.ref = "temp"])
     ELSE Goto(t, IF Broken("B-24") \/ Broken("B-25") THEN "R4_Unlock" ELSE "R3_MoveBack")
  /\ UNCHANGED <<links, state, current, pd, status, halt>>

R2_Pick(t) ==
  LET k == Front(t)
      stop == CASE k \in Heads           -> "wild"
                [] k = "null"            -> "null"
                [] k \in OutOfReach(t)   -> "oops"
                [] OTHER                 -> Follow(priv[k])
      drop == /\ k \in Tasks \ OutOfReach(t)
              /\ state[k] = "CANCEL" \/ (Proposed("P-900") /\ priv[k] = "null")
  IN  /\ At(t, "R2_Pick")
      /\ IF k = From(t) THEN Done(t)
         ELSE IF drop THEN Drop(t, k)
         ELSE IF stop # "no"
           THEN /\ halt' = [why |-> stop, by |-> t]
                /\ UNCHANGED <<links, state, current, pd, threads>>
         ELSE IF Gathers(t) \/ (Fixed("R-102") /\ pd[priv[k]].run) THEN Skip(t, k)
         ELSE Start(t, k)
      /\ UNCHANGED <<priv, bound, sem, records, counts, domain, locks>>

R2c_Unlock(t) == At(t, "R2c_Unlock") /\ UnlockOnly(t, "R2d")

\* The callback returns.
R2d_Return(t, result) ==
  /\ Runs(t) /\ InCallback(t)
  /\ stack' = WithTop(t, [Top(t) EXCEPT !.result = result,
                            !.pc = IF DropsLock THEN "R2e_Lock" ELSE "R2f_Decide"])
  /\ UNCHANGED <<links, tasks, memory, counts, domain, status, locks, halt>>

R2e_Lock(t) ==
  /\ At(t, "R2e_Lock")
  /\ Goto(t, "R2f_Decide")
  /\ IF Broken("S-106") THEN UNCHANGED <<status, locks>> ELSE TakeLock(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

\* With B-25 a task that stays goes back at once, by its priority.
PutBack(t, k) ==
  LET bad == OutOfReach(t)
      L == Unlink(Links, k, bad)
  IN  AppendAt(L, k, Place(L, L.next["main"], "main", k, bad, Fuel), bad)

\* Done with the task, or does it stay? The pdata is the one that was looked up
\* before the callback, but for the proposal P-521.
R2f_Decide(t) ==
  LET f == Top(t)
      k == f.task
      p == IF Proposed("P-521") THEN priv[k] ELSE f.pdata
      gone == Proposed("P-521") /\ p = "null"
      completed == f.result = "COMPLETED" /\ ~(Fixed("O-36") /\ state[k] = "QUEUED")
      done == gone \/ pd[p].freeing \/ completed \/ state[k] = "CANCEL"
      L == IF Broken("B-25") /\ ~done THEN PutBack(t, k) ELSE Links
      g == [f EXCEPT !.pc = "R2_Pick", !.task = None, !.pdata = None, !.result = None,
                     !.ref = IF Broken("B-24") THEN next[k] ELSE @]
  IN  /\ At(t, "R2f_Decide")
      /\ IF ~gone /\ Follow(p) # "no" THEN Fault(t, Follow(p))
         ELSE IF L.err # "no" THEN LinkFault(t, L)
         ELSE /\ stack' = IF done
                            THEN Pushed(t, g, [New("done", "D1_Unlink") EXCEPT !.task = k])
                            ELSE WithTop(t, g)
              /\ SetLinks(L)
              /\ current' = "null"
              /\ UNCHANGED <<state, priv, bound, memory, counts, domain, status, locks, halt>>

\* With R-102 the turn of those that ran, or waited, comes again.
Due(p) == \E x \in Range(WayFrom(Links, "temp")) \cap Tasks : priv[x] = p
R3_MoveBack(t) ==
  LET L == IF Broken("S-105") THEN Links ELSE MoveAll(Links, OutOfReach(t))
  IN  /\ At(t, "R3_MoveBack")
      /\ IF L.err # "no" THEN LinkFault(t, L)
         ELSE /\ SetLinks(L)
              /\ pd' = IF Fixed("R-102")
                         THEN [p \in Pdata |-> IF Due(p) THEN [pd[p] EXCEPT !.run = FALSE]
                                                         ELSE pd[p]]
                         ELSE pd
              /\ Goto(t, "R4_Unlock")
              /\ UNCHANGED <<tasks, sem, records, counts, domain, status, locks, halt>>

R4_Unlock(t) ==
  /\ At(t, "R4_Unlock")
  /\ UnlockAndReturn(t)
  /\ UNCHANGED <<links, tasks, memory, counts, domain, halt>>

-----------------------------------------------------------------------------
(* A callback waits for something other than the scheduler.                *)
Block(t) ==
  /\ Runs(t) /\ InCallback(t)
  /\ status' = [status EXCEPT ![t] = "blocked"]
  /\ UNCHANGED <<links, tasks, memory, counts, domain, stack, locks, halt>>

Resume(t) ==
  /\ halt.why = "no" /\ status[t] = "blocked"
  /\ status' = [status EXCEPT ![t] = "ready"]
  /\ UNCHANGED <<links, tasks, memory, counts, domain, stack, locks, halt>>
=============================================================================
