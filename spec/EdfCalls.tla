------------------------------- MODULE EdfCalls ------------------------------
(***************************************************************************)
(* What clients call: zephyr/edf_schedule.c, from the wrappers of the      *)
(* generic layer on.                                                       *)
(***************************************************************************)
EXTENDS EdfWorkQueue

(* Who calls what. A callback is a client, too.                            *)
Calling(t, call) ==
  /\ MayRun(t)
  /\ IF t \in Clients THEN stack[t] = <<>> /\ call \in Calls
     ELSE \/ Top(t).fn = "run" /\ call \in RunCalls
          \/ Top(t).fn = "complete" /\ call \in CompleteCalls

\* A callback makes one call of the scheduler at most.
MayCall(t, call) == Calling(t, call) /\ (t \notin Clients => Top(t).arg = "-")

\* A callback notes that it made its call.
Noted(t) ==
  IF t \in Clients THEN stack[t] ELSE Append(Front(stack[t]), [Top(t) EXCEPT !.arg = "called"])
Enters(t, frame) == stack' = [stack EXCEPT ![t] = Append(Noted(t), frame)]
Returns(t, value) ==
  /\ stack' = Pops(t)
  /\ ret' = IF t \in Clients THEN [ret EXCEPT ![t] = value] ELSE ret

\* schedule_task_init_edf()
N_Init(t, k) ==
  /\ Calling(t, "init") /\ ~held[k] /\ mem[k] # "gone" /\ CallsOf(k, {}) = {}
  /\ mem' = [mem EXCEPT ![k] = "live"]
  /\ state' = [state EXCEPT ![k] = "INIT"]
  /\ run' = [run EXCEPT ![k] = TRUE]
  /\ Works(InitWork(Work, k))
  /\ held' = [held EXCEPT ![k] = TRUE]
  /\ order' = [order EXCEPT ![k] = "none"]
  /\ UNCHANGED <<ret, stack, halt>>

\* The client releases the memory of a task that it has freed. A run callback cannot do that with
\* its own task; a completion callback can.
D_Destroy(t, k) ==
  /\ Calling(t, "destroy") /\ ~held[k] /\ mem[k] = "live" /\ CallsOf(k, {}) = {}
  /\ t = "edf" /\ Top(t).fn = "run" => k # Top(t).task
  /\ mem' = [mem EXCEPT ![k] = "gone"]
  /\ state' = [state EXCEPT ![k] = "-"]
  /\ run' = [run EXCEPT ![k] = FALSE]
  /\ flags' = [flags EXCEPT ![k] = {}]
  /\ UNCHANGED <<pending, delayed, held, order, ret, status, stack, halt>>

-----------------------------------------------------------------------------
(* schedule_edf_task()                                                     *)
S0_Schedule(t, k, delay) ==
  /\ MayCall(t, "schedule") /\ held[k]
  /\ Enters(t, Frame("schedule", IF StateFirst THEN "S2_Queued" ELSE "S1_Submit", k, delay))
  /\ order' = [order EXCEPT ![k] = "run"]
  /\ UNCHANGED <<state, ret>> /\ SameTask /\ SameWork

S1_Submit(t) ==
  LET k == Top(t).task
      w == Reschedule(Work, k, Top(t).arg)
      refuses == Fixed("R-153") /\ "canceling" \in flags[k]
  IN  /\ At(t, "S1_Submit")
      /\ Touching(t, RescheduleTouches(Work, k, Top(t).arg),
           IF refuses
             THEN Returns(t, "EBUSY") /\ UNCHANGED <<state, order>> /\ SameTask /\ SameWork
             ELSE /\ Works(w)
                  /\ state' = IF Locked THEN [state EXCEPT ![k] = "QUEUED"] ELSE state
                  /\ IF Locked \/ StateFirst THEN Returns(t, "0")
                     ELSE stack' = Goes(t, "S2_Queued") /\ UNCHANGED ret
                  /\ UNCHANGED order /\ SameTask)

S2_Queued(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "S2_Queued")
      /\ Touching(t, {k},
           /\ state' = [state EXCEPT ![k] = "QUEUED"]
           /\ IF StateFirst THEN stack' = Goes(t, "S1_Submit") /\ UNCHANGED ret
              ELSE Returns(t, "0")
           /\ UNCHANGED order /\ SameTask /\ SameWork)

-----------------------------------------------------------------------------
(* schedule_edf_task_cancel()                                              *)
C0_Cancel(t, k) ==
  /\ MayCall(t, "cancel") /\ held[k]
  /\ Enters(t, Frame("cancel", "C1_Test", k, "-"))
  \* A schedule that is in progress may come after the cancel.
  /\ order' = IF \E f \in CallsOf(k, {}) : f.fn = "schedule" THEN order
              ELSE [order EXCEPT ![k] = "stopping"]
  /\ UNCHANGED <<state, ret>> /\ SameTask /\ SameWork

\* The client notes that its cancel is done, unless somebody scheduled the task meanwhile.
Stopped(k) == order' = IF order[k] = "stopping" THEN [order EXCEPT ![k] = "stop"] ELSE order
Flags(w, k) == IF Broken("B-66") /\ w.flags[k] # {} THEN "flags" ELSE "0"

C1_Test(t) ==
  LET k == Top(t).task
      takes == state[k] = "QUEUED" \/ (Fixed("O-34a") /\ state[k] = "RUNNING")
      w == Cancel(Work, k)
  IN  /\ At(t, "C1_Test")
      /\ Touching(t, {k} \cup (IF takes /\ Locked THEN CancelTouches(Work, k) ELSE {}),
           /\ SameTask
           /\ IF ~takes
                THEN Returns(t, "0") /\ Stopped(k) /\ UNCHANGED state /\ SameWork
              ELSE IF Locked
                THEN /\ Works(w)
                     /\ state' = [state EXCEPT ![k] = "CANCEL"]
                     /\ Returns(t, Flags(w, k)) /\ Stopped(k)
              ELSE stack' = Goes(t, "C2_Cancel") /\ UNCHANGED <<state, order, ret>> /\ SameWork)

C2_Cancel(t) ==
  LET k == Top(t).task
      w == Cancel(Work, k)
  IN  /\ At(t, "C2_Cancel")
      /\ Touching(t, CancelTouches(Work, k),
           /\ Works(w)
           /\ stack' = [stack EXCEPT ![t] =
                Append(Front(@), [Top(t) EXCEPT !.pc = "C3_State", !.arg = Flags(w, k)])]
           /\ UNCHANGED <<state, order, ret>> /\ SameTask)

C3_State(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "C3_State")
      /\ Touching(t, {k},
           /\ state' = [state EXCEPT ![k] = "CANCEL"]
           /\ Returns(t, Top(t).arg) /\ Stopped(k)
           /\ SameTask /\ SameWork)

-----------------------------------------------------------------------------
(* schedule_edf_task_free()                                                *)
F0_Free(t, k) ==
  /\ MayCall(t, "free") /\ held[k] /\ CallsOf(k, {t}) = {}
  /\ IF Fixed("R-150") /\ t = "edf" /\ k \in Handled
       THEN stack' = [stack EXCEPT ![t] = Noted(t)] /\ UNCHANGED <<held, order>>
       ELSE /\ Enters(t, Frame("free", IF Fixed("O-33") THEN "F1_Cancel" ELSE "F3_State", k, "-"))
            /\ held' = [held EXCEPT ![k] = FALSE]
            /\ order' = [order EXCEPT ![k] = "none"]
  /\ UNCHANGED <<mem, state, run, ret, halt>> /\ SameWork

\* k_work_cancel_delayable_sync(): waits if the handler runs.
F1_Cancel(t) ==
  LET k == Top(t).task
      w == Cancel(Work, k)
      waits == "canceling" \in w.flags[k]
      again == IF flags[k] # {} /\ Fixed("R-151") THEN "F1_Cancel" ELSE "F3_State"
  IN  /\ At(t, "F1_Cancel")
      /\ Touching(t, CancelTouches(Work, k),
           /\ flags' = w.flags /\ pending' = w.pending /\ delayed' = w.delayed
           /\ status' = IF waits THEN [status EXCEPT ![t] = "pended"] ELSE status
           /\ stack' = Goes(t, again)
           /\ UNCHANGED <<state, order, ret>> /\ SameTask)

F3_State(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "F3_State")
      /\ Touching(t, {k},
           /\ state' = [state EXCEPT ![k] = "FREE"]
           /\ stack' = Goes(t, "F4_Clear")
           /\ UNCHANGED <<order, ret>> /\ SameTask /\ SameWork)

F4_Clear(t) ==
  LET k == Top(t).task
  IN  /\ At(t, "F4_Clear")
      /\ Touching(t, {k},
           /\ run' = [run EXCEPT ![k] = FALSE]
           /\ Returns(t, "0")
           /\ UNCHANGED <<mem, state, held, order, halt>> /\ SameWork)
=============================================================================
