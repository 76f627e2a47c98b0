------------------------------ MODULE ChainDma ------------------------------
(***************************************************************************)
(* Chain DMA, a client of the LL scheduler: what the host's messages do to *)
(* the task of a chain, and to what the scheduler keeps of it, whose state *)
(* FREE says both that the callback completed and that the task was freed. *)
(*                                                                         *)
(* Models src/audio/chain_dma.c with ipc4_process_chain_dma() and          *)
(* ipc4_chain_dma_state(), SOF 12dd726529, in a build with                 *)
(* CONFIG_DYNAMIC_OBJECTS, where the kernel finds the semaphore of a task  *)
(* by the address of the task. One chain exists at a time, and each gets   *)
(* the memory of the one before, which the heap gives out first. A message *)
(* is one step, and so is a tick: who may interrupt whom is the matter of  *)
(* LlScheduler.                                                            *)
(***************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
  Variant,     \* the design: "MERGED" or "HARDENED"
  Fixes,       \* repairs of open defects, a subset of AllFixes
  Defects,     \* bugs put back, a subset of AllDefects
  Semaphores   \* how many semaphores the kernel has for tasks

VARIABLES
  chain,     \* the chain, which may not exist, and its struct task
  pdata,     \* how many private data of tasks are allocated
  records,   \* zephyr_ll_task_sem_list: "own" is that of the task, "stale" any other
  dma,       \* whether the DMA channels of the chain run
  power,     \* how often the lock was taken that keeps the DSP from idling
  result     \* what the message came to; "-" after a tick

vars == <<chain, pdata, records, dma, power, result>>

AllFixes == {
  "O-23"}   \* pause, and start after an error, look whether the task is initialized
AllDefects == {}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Semaphores \in Nat \ {0}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

\* chain_task_create() zeroes all of it.
Created == [exists |-> TRUE, state |-> "INIT", priv |-> FALSE, bound |-> FALSE]
Absent == [Created EXCEPT !.exists = FALSE]

TypeOK ==
  /\ chain \in [exists : BOOLEAN, state : {"INIT", "QUEUED", "RUNNING", "FREE"},
                priv : BOOLEAN, bound : BOOLEAN]  \* task.priv_data, task.sch are set
  /\ pdata \in 0..Semaphores
  /\ Len(records) <= Semaphores /\ \A i \in 1..Len(records) : records[i] \in {"own", "stale"}
  /\ dma \in BOOLEAN
  /\ power \in Int
  /\ result \in {"-", "ok", "EINVAL", "EEXIST", "ENOMEM", "fault"}

Init ==
  /\ chain = Absent
  /\ pdata = 0
  /\ records = <<>>
  /\ dma = FALSE
  /\ power = 0
  /\ result = "-"

-----------------------------------------------------------------------------
(* A message works on all of that at once.                                 *)
World == [chain |-> chain, pdata |-> pdata, records |-> records, dma |-> dma,
          power |-> power, result |-> "ok"]
Becomes(W) ==
  /\ chain' = W.chain /\ pdata' = W.pdata /\ records' = W.records
  /\ dma' = W.dma /\ power' = W.power /\ result' = W.result

\* The task is not that of the record any more.
Forgotten(rs) == [i \in 1..Len(rs) |-> "stale"]

\* Memory for a chain that does not exist yet, and that of one that goes.
Found(W) == IF W.chain.exists THEN W ELSE [W EXCEPT !.chain = Created]
Gone(W) == [W EXCEPT !.chain = Absent, !.records = Forgotten(@)]

\* zephyr_ll_task_free(): the first record with the address of the task must be that
\* of its semaphore, else both stay, and nobody is told.
TaskFree(W) ==
  IF ~W.chain.bound THEN W                          \* schedule_task_free(): no scheduler
  ELSE IF ~W.chain.priv THEN [W EXCEPT !.result = "fault"]  \* pdata->freeing
  ELSE [W EXCEPT
    !.chain.priv = FALSE, !.chain.state = "FREE",
    !.pdata = @ - 1,
    !.records = IF Head(@) = "own" THEN Tail(@) ELSE Forgotten(@)]

-----------------------------------------------------------------------------
(* chain_task_pause()                                                      *)
IsPaused(W) == IF Fixed("O-23") THEN ~W.chain.priv ELSE W.chain.state = "FREE"
Paused(W) ==
  IF IsPaused(W) THEN W
  ELSE LET F == TaskFree([W EXCEPT !.dma = FALSE])
       IN  IF F.result = "fault" THEN F ELSE [F EXCEPT !.power = @ - 1]

-----------------------------------------------------------------------------
(* chain_task_start(), which starts the channels first                     *)

\* zephyr_ll_task_init(), and schedule_task()
Scheduled(W) ==
  [W EXCEPT !.chain = [@ EXCEPT !.state = "QUEUED", !.priv = TRUE, !.bound = TRUE],
            !.pdata = @ + 1, !.records = Append(@, "own"), !.dma = TRUE, !.power = @ + 1]

\* Without memory for the private data or the semaphore the task stays bound.
OutOfMemory(W) ==
  [W EXCEPT !.chain = [@ EXCEPT !.state = "INIT", !.bound = TRUE], !.dma = FALSE,
            !.result = "ENOMEM"]

\* Where the task is initialized; one that completed is freed before, if that is repaired.
Ready(W) == IF Fixed("O-23") /\ W.chain.state = "FREE" THEN Paused(W) ELSE W
Initializes(W) == W.chain.state \in {"INIT", "FREE"} /\ ~Ready(W).chain.priv

Started(W, memory) ==
  CASE W.chain.state = "QUEUED"  -> W
    [] W.chain.state = "RUNNING" -> [W EXCEPT !.result = "EINVAL"]
    [] ~Initializes(W)           -> [W EXCEPT !.dma = FALSE, !.result = "EEXIST"]
    [] OTHER -> IF memory THEN Scheduled(Ready(W)) ELSE OutOfMemory(Ready(W))

-----------------------------------------------------------------------------
(* ipc4_process_chain_dma(): a chain that a message is about is made, and  *)
(* goes again if what was asked of it fails.                               *)
Lives == result # "fault"

\* Allocate and enable. memory: whether there is some left when it is needed.
Start(memory) ==
  LET F == Found(World)
      W == Started(F, memory)
  IN  /\ Lives
      /\ IF Initializes(F) THEN memory => Len(Ready(F).records) < Semaphores ELSE memory
      /\ Becomes(IF chain.exists \/ W.result = "ok" THEN W ELSE Gone(W))

\* Allocate, and do not enable.
Pause == Lives /\ Becomes(Paused(Found(World)))

\* Neither: the end of a chain.
Delete ==
  LET W == Paused(World)
  IN  /\ Lives /\ chain.exists
      /\ Becomes(IF W.result = "fault" THEN W ELSE Gone(W))

-----------------------------------------------------------------------------
(* A tick runs chain_task_run(), which goes on, or completes when a DMA    *)
(* channel has an error: zephyr_ll_task_done().                            *)
Tick(error) ==
  /\ Lives /\ chain.state \in {"QUEUED", "RUNNING"}
  /\ chain' = [chain EXCEPT !.state = IF error THEN "FREE" ELSE "RUNNING"]
  /\ result' = "-"
  /\ UNCHANGED <<pdata, records, dma, power>>

Next ==
  \/ \E memory \in BOOLEAN : Start(memory)
  \/ Pause
  \/ Delete
  \/ \E error \in BOOLEAN : Tick(error)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* TSK-7 NoUseAfterFree: no step follows a pointer to private data that is gone.
NoUseAfterFreeInv == result # "fault"

\* TSK-7 NoUseAfterFree, of the buffer: no DMA channel runs that transfers to or from
\* the memory of a chain that is gone.
DmaStoppedInv == dma => chain.exists

\* TSK-13 RestartAfterComplete: a task that completed can be initialized again; the
\* client has freed it.
RestartAfterCompleteInv == result # "EEXIST"

\* TSK-14 PdataIffInitialised: there are private data of a task if and only if that is
\* initialized.
PdataIffInitialisedInv == pdata = IF chain.priv THEN 1 ELSE 0

\* TSK-16 SemRecordBijection: there is one record for the task if it is initialized,
\* and no other.
SemRecordBijectionInv == records = IF chain.priv THEN <<"own">> ELSE <<>>

\* HEAP-14 NoLeakAfterTeardown: when there is no chain, nothing that was allocated for
\* one is left.
NoLeakAfterTeardownInv == ~chain.exists => pdata = 0 /\ records = <<>>

\* HEAP-14 NoLeakAfterTeardown, of power: the lock on power states is taken once while a
\* task is initialized, and is not taken otherwise.
PowerBalancedInv == power = IF chain.priv THEN 1 ELSE 0

\* ISO-13 KernelObjectQuota: the host does not make the kernel allocate more semaphores
\* than there are chains that need one.
KernelObjectQuotaInv == Len(records) <= 1

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachRunning == chain.state = "RUNNING" /\ dma /\ power > 0
ReachCompleted == chain.state = "FREE" /\ chain.priv
ReachPaused == chain.exists /\ chain.state = "FREE" /\ ~chain.priv
ReachRestartFailed == chain.exists /\ result = "ENOMEM"
ReachNoSemaphores == Len(records) = Semaphores /\ result = "ENOMEM"
=============================================================================
