---------------------------- MODULE EdfScheduler -----------------------------
(***************************************************************************)
(* The EDF scheduler on Zephyr: tasks that a work queue runs, with no lock *)
(* of their own. SOF 12dd726529, zephyr/edf_schedule.c, and Zephyr's       *)
(* kernel/work.c below it (module EdfWorkQueue).                           *)
(*                                                                         *)
(* Labels: S to schedule, C to cancel, F to free, W for the thread of the  *)
(* work queue, E for the work handler of a task, T for the timer. A label  *)
(* is one step of one thread.                                              *)
(*                                                                         *)
(* Clients keep their part: they call nothing for a task that is not       *)
(* initialized, or that somebody frees or has freed; nobody frees a task   *)
(* for which another call is in progress; and its memory is released, or   *)
(* initialized again, only when free has returned. All delays are of one   *)
(* length, so whatever waits for its time waits in the order of arrival.   *)
(***************************************************************************)
EXTENDS EdfCalls, EdfHandler

TypeOK ==
  /\ mem \in [Tasks -> {"none", "live", "gone"}]
  /\ state \in [Tasks -> {"-", "INIT", "QUEUED", "RUNNING", "COMPLETED", "FREE", "CANCEL",
                          "RESCHEDULE"}]
  /\ run \in [Tasks -> BOOLEAN]
  /\ flags \in [Tasks -> SUBSET {"delayed", "queued", "running", "canceling"}]
  /\ Range(pending) \subseteq Tasks /\ Range(delayed) \subseteq Tasks
  /\ held \in [Tasks -> BOOLEAN]
  /\ order \in [Tasks -> {"none", "run", "stopping", "stop"}]
  /\ ret \in [Clients -> {"0", "flags", "EBUSY"}]
  /\ status \in [Threads -> {"ready", "pended"}]
  /\ halt \in [why : {"no", "uaf", "null", "assert"}, by : Threads \cup {"-", "timer"}]

Init ==
  /\ mem = [k \in Tasks |-> "none"]
  /\ state = [k \in Tasks |-> "-"]
  /\ run = [k \in Tasks |-> FALSE]
  /\ flags = [k \in Tasks |-> {}]
  /\ pending = <<>> /\ delayed = <<>>
  /\ held = [k \in Tasks |-> FALSE]
  /\ order = [k \in Tasks |-> "none"]
  /\ ret = [t \in Clients |-> "0"]
  /\ status = [t \in Threads |-> "ready"]
  /\ stack = [t \in Threads |->
                IF t = "edf" THEN <<Frame("queue", "W0_Take", "-", "-")>> ELSE <<>>]
  /\ halt = [why |-> "no", by |-> "-"]

-----------------------------------------------------------------------------
Next ==
  \/ \E t \in Clients, k \in Tasks : N_Init(t, k)
  \/ \E t \in Threads, k \in Tasks : D_Destroy(t, k)
  \/ \E t \in Threads, k \in Tasks, delay \in Delays : S0_Schedule(t, k, delay)
  \/ \E t \in Threads, k \in Tasks : C0_Cancel(t, k)
  \/ \E t \in Threads, k \in Tasks : F0_Free(t, k)
  \/ \E t \in Threads : S1_Submit(t)
  \/ \E t \in Threads : S2_Queued(t)
  \/ \E t \in Threads : C1_Test(t)
  \/ \E t \in Threads : C2_Cancel(t)
  \/ \E t \in Threads : C3_State(t)
  \/ \E t \in Threads : F1_Cancel(t)
  \/ \E t \in Threads : F3_State(t)
  \/ \E t \in Threads : F4_Clear(t)
  \/ T_Expire
  \/ \E t \in {"edf"} : W0_Take(t)
  \/ \E t \in {"edf"} : W1_Done(t)
  \/ \E t \in {"edf"} : E1_Running(t)
  \/ \E t \in {"edf"} : E2_Call(t)
  \/ \E t \in {"edf"}, result \in {"COMPLETED", "RESCHEDULE"} : X_Return(t, result)
  \/ \E t \in {"edf"} : E3_Store(t)
  \/ \E t \in {"edf"} : E4_Decide(t)
  \/ \E t \in {"edf"}, delay \in Delays : E5_Submit(t, delay)
  \/ \E t \in {"edf"} : E6_Queued(t)
  \/ \E t \in {"edf"} : E5_Complete(t)
  \/ \E t \in {"edf"} : X_Completed(t)
  \/ \E t \in {"edf"} : E6_Completed(t)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
HandlerAt(k, pcs) == \E f \in Frames : f.fn = "handler" /\ f.task = k /\ f.pc \in pcs
Freed(k) ==
  mem[k] # "none" /\ ~held[k] /\ ~\E f \in Frames : f.fn = "free" /\ f.task = k

\* EDF-1 NoHandlerAfterFree: when free has returned, no handler is about to run
\* the task.
NoHandlerAfterFreeInv == \A k \in Tasks : ~(Freed(k) /\ HandlerAt(k, {"E1_Running", "E2_Call"}))

\* EDF-2 CancelSticky: no handler begins to run a task whose cancel has
\* returned, unless it was scheduled after that cancel began.
Begins(k) == HandlerAt(k, {"E1_Running"}) /\ HandlerAt(k, {"E2_Call"})'
CancelStickyProp == [][\A k \in Tasks : Begins(k) => order[k] # "stop"]_vars

\* EDF-3 NoWriteAfterComplete: while the completion callback runs, the handler
\* has nothing left to do with the task.
NoWriteAfterCompleteInv ==
  \A k \in Tasks :
    (\E f \in Frames : f.fn = "complete" /\ f.task = k) => HandlerAt(k, {"Return"})

\* EDF-4 StateFaithful: when nobody is in a call for a task, it is QUEUED if and
\* only if its work item waits.
StateFaithfulInv ==
  \A k \in Tasks :
    (held[k] /\ Alive /\ ~\E f \in Frames : f.task = k)
      => (state[k] = "QUEUED" <=> flags[k] \cap {"queued", "delayed"} # {})

\* TSK-7 NoUseAfterFree, of an EDF task: no step touches a task whose memory
\* was released.
NoUseAfterFreeInv == halt.why # "uaf"

\* TSK-5 CancelEffective, of an EDF task: a cancel that was made does not return
\* an error.
CancelEffectiveInv == \A t \in Clients : ret[t] # "flags"

\* TSK-12 NoSelfWait, of an EDF task: the thread of the queue never waits for a
\* handler.
NoSelfWaitInv == status["edf"] = "pended" => Top("edf").fn = "queue"

\* LST-1 WellFormed, of the work queue: the links from the two heads lead to the
\* work items that say that they are linked, and to all of them.
WellFormedInv ==
  \A k \in Tasks \ Gone :
    (IsIn(pending, k) <=> "queued" \in flags[k]) /\ (IsIn(delayed, k) <=> "delayed" \in flags[k])

\* LST-3 LiveNodesOnly, of the work queue: no list leads to released memory.
LiveNodesOnlyInv == (Range(pending) \cup Range(delayed)) \cap Gone = {}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachAgain == \E k \in Tasks : HandlerAt(k, {"E3_Store"}) /\ "queued" \in flags[k]
ReachCompleted == \E k \in Tasks : state[k] = "COMPLETED" /\ HandlerAt(k, {"Return"})
ReachWait == \E t \in Clients : status[t] = "pended"
=============================================================================
