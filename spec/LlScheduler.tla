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
=============================================================================
