------------------------------ MODULE EdfHandler -----------------------------
(***************************************************************************)
(* The timer, the thread of the work queue, and the handler of an EDF      *)
(* task.                                                                   *)
(***************************************************************************)
EXTENDS EdfWorkQueue

(* The timer, and the thread of the work queue.                            *)

\* work_timeout(): the earliest work item is due.
T_Expire ==
  LET k == Head(delayed)
      w == [Work EXCEPT !.flags[k] = @ \ {"delayed"}, !.delayed = Tail(@)]
  IN  /\ Alive /\ delayed # <<>>
      /\ Touching("timer", {k} \cup Neighbors(delayed, k) \cup SubmitTouches(w, k),
           /\ Works(Submit(w, k))
           /\ UNCHANGED <<state, order, ret, stack>> /\ SameTask)

\* Takes the first work item and calls its handler, or waits.
W0_Take(t) ==
  LET k == Head(pending)
  IN  /\ At(t, "W0_Take")
      /\ IF pending = <<>>
           THEN /\ status' = [status EXCEPT ![t] = "pended"]
                /\ UNCHANGED <<state, flags, pending, delayed, order, ret, stack>> /\ SameTask
           ELSE Touching(t, {k},
                  /\ flags' = [flags EXCEPT ![k] = (@ \ {"queued"}) \cup {"running"}]
                  /\ pending' = Tail(pending)
                  /\ stack' = [stack EXCEPT ![t] =
                       <<Frame("queue", "W1_Done", k, "-"), Frame("handler", "E1_Running", k, "-")>>]
                  /\ UNCHANGED <<state, delayed, order, ret, status>> /\ SameTask)

\* The handler returned: whoever waits for that goes on.
W1_Done(t) ==
  LET k == Top(t).task
      waiting == {u \in Threads : status[u] = "pended" /\ Top(u).fn = "free" /\ Top(u).task = k}
  IN  /\ At(t, "W1_Done")
      /\ Touching(t, {k},
           /\ flags' = [flags EXCEPT ![k] = @ \ {"running", "canceling"}]
           /\ status' = [u \in Threads |->
                IF u \in waiting /\ "canceling" \in flags[k] THEN "ready" ELSE status[u]]
           /\ stack' = [stack EXCEPT ![t] = <<Frame("queue", "W0_Take", "-", "-")>>]
           /\ UNCHANGED <<state, pending, delayed, order, ret>> /\ SameTask)

-----------------------------------------------------------------------------
(* edf_work_handler(). The argument of its frame is the result of the run; *)
(* "KEPT" if it has nothing more to store.                                 *)

\* What was asked for during the run, and must not be overwritten.
Cancelled(k) == Fixed("O-34a") /\ state[k] = "CANCEL"
Again(k) == Fixed("O-34d") /\ flags[k] \cap {"queued", "delayed"} # {}
Keeps(k) == Cancelled(k) \/ Again(k)
Kept(k) == state' = IF Cancelled(k) THEN state ELSE [state EXCEPT ![k] = "QUEUED"]

HandlerGoes(t, pc, arg) ==
  [stack EXCEPT ![t] = Append(Front(@), [Top(t) EXCEPT !.pc = pc, !.arg = arg])]

E1_Running(t) ==
  LET k == Top(t).task
      skips == Fixed("R-154") /\ state[k] = "CANCEL"
  IN  /\ At(t, "E1_Running")
      /\ Touching(t, {k},
           /\ state' = IF skips THEN state ELSE [state EXCEPT ![k] = "RUNNING"]
           /\ stack' = IF skips THEN Pops(t) ELSE Goes(t, "E2_Call")
           /\ UNCHANGED <<order, ret>> /\ SameTask /\ SameWork)

\* task_run()
E2_Call(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "E2_Call")
      /\ Touching(t, {k},
           IF ~run[k] THEN Halts(t, IF Asserts THEN "assert" ELSE "null")
           ELSE /\ stack' = [stack EXCEPT ![t] =
                     Append(Front(@), [Top(t) EXCEPT !.pc = "E3_Store"])
                     \o <<Frame("run", "Callback", k, "-")>>]
                /\ UNCHANGED <<state, order, ret>> /\ SameTask /\ SameWork)

\* The run callback returns.
X_Return(t, result) ==
  /\ At(t, "Callback") /\ Top(t).fn = "run"
  /\ stack' = [stack EXCEPT ![t] =
       Append(Front(Front(@)), [Front(@)[Len(@) - 1] EXCEPT !.arg = result])]
  /\ UNCHANGED <<state, order, ret>> /\ SameTask /\ SameWork

E3_Store(t) ==
  LET k == Top(t).task
      result == Top(t).arg
      completes == result = "COMPLETED"
  IN  /\ At(t, "E3_Store")
      /\ Touching(t, {k},
           /\ IF Keeps(k)
                THEN /\ Kept(k)
                     /\ stack' = IF completes THEN HandlerGoes(t, "E5_Complete", "KEPT") ELSE Pops(t)
              ELSE IF Locked
                THEN /\ state' = IF completes /\ Fixed("O-34c")
                                   THEN [state EXCEPT ![k] = "COMPLETED"] ELSE state
                     /\ stack' = IF ~completes THEN Goes(t, "E5_Submit")
                                 ELSE HandlerGoes(t, "E5_Complete",
                                        IF Fixed("O-34c") THEN "KEPT" ELSE result)
              ELSE /\ state' = [state EXCEPT ![k] = result]
                   /\ stack' = Goes(t, "E4_Decide")
           /\ UNCHANGED <<order, ret>> /\ SameTask /\ SameWork)

\* Reads back what it stored.
E4_Decide(t) ==
  LET k == Top(t).task
      next == CASE state[k] = "RESCHEDULE" -> "E5_Submit"
                [] Fixed("O-34c") -> "E6_Completed"
                [] OTHER -> "E5_Complete"
  IN  /\ At(t, "E4_Decide")
      /\ Touching(t, {k},
           /\ stack' = Goes(t, next)
           /\ UNCHANGED <<state, order, ret>> /\ SameTask /\ SameWork)

\* The task goes on: it is due at the deadline that its callback says.
E5_Submit(t, delay) ==
  LET k == Top(t).task
  IN  /\ At(t, "E5_Submit")
      /\ Touching(t, IF Locked /\ Keeps(k) THEN {k} ELSE RescheduleTouches(Work, k, delay),
           /\ IF Locked /\ Keeps(k) THEN Kept(k) /\ SameWork
              ELSE /\ Works(Reschedule(Work, k, delay))
                   /\ state' = IF Locked THEN [state EXCEPT ![k] = "QUEUED"] ELSE state
           /\ stack' = IF Locked THEN Pops(t) ELSE Goes(t, "E6_Queued")
           /\ UNCHANGED <<order, ret>> /\ SameTask)

E6_Queued(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "E6_Queued")
      /\ Touching(t, {k},
           /\ state' = [state EXCEPT ![k] = "QUEUED"]
           /\ stack' = Pops(t)
           /\ UNCHANGED <<order, ret>> /\ SameTask /\ SameWork)

\* task_complete()
E5_Complete(t) ==
  LET k == Top(t).task
      stored == Fixed("O-34c") \/ Top(t).arg = "KEPT"
  IN  /\ At(t, "E5_Complete")
      /\ Touching(t, {k},
           /\ stack' = [stack EXCEPT ![t] =
                Append(Front(@), [Top(t) EXCEPT !.pc = IF stored THEN "Return" ELSE "E6_Completed"])
                \o <<Frame("complete", "Callback", k, "-")>>]
           /\ UNCHANGED <<state, order, ret>> /\ SameTask /\ SameWork)

\* The completion callback returns, and so does the handler if it has nothing left to do.
X_Completed(t) ==
  /\ At(t, "Callback") /\ Top(t).fn = "complete"
  /\ stack' = [stack EXCEPT ![t] =
       IF @[Len(@) - 1].pc = "Return" THEN Front(Front(@)) ELSE Front(@)]
  /\ UNCHANGED <<state, order, ret>> /\ SameTask /\ SameWork

E6_Completed(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "E6_Completed")
      /\ Touching(t, {k},
           /\ state' = [state EXCEPT ![k] = "COMPLETED"]
           /\ stack' = IF Fixed("O-34c") THEN Goes(t, "E5_Complete") ELSE Pops(t)
           /\ UNCHANGED <<order, ret>> /\ SameTask /\ SameWork)
=============================================================================
