--------------------------- MODULE SharedComponent ---------------------------
(***************************************************************************)
(* A component that a pipeline of another core prepares, another client of *)
(* the LL scheduler: the task that is made for it on its own core, and the *)
(* buffers that its copy uses.                                             *)
(*                                                                         *)
(* Models idc_prepare() and comp_task(), src/idc/idc.c, comp_trigger(),    *)
(* comp_reset() and comp_free(), src/include/sof/audio/component_ext.h,    *)
(* and module_adapter_prepare(), _copy(), _reset() and _free(),            *)
(* src/audio/module_adapter/module_adapter.c, SOF 12dd726529. All of it    *)
(* runs on the component's core. A message is one step, and so is a tick.  *)
(* One component exists at a time, and each gets the memory of the one     *)
(* before, which the heap gives out first. A pause changes nothing here.   *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Variant,  \* the design: "MERGED" or "HARDENED"
  Fixes,    \* repairs of open defects, a subset of AllFixes
  Defects,  \* bugs put back, a subset of AllDefects
  Driver    \* "module": one of the module adapter, as most are; or "native"

VARIABLES
  comp,     \* the component, which may not exist
  task,     \* what dev->task leads to
  buffers,  \* what mod->input_buffers and mod->output_buffers lead to
  lost,     \* how many tasks are allocated that nothing leads to any more
  orphans,  \* how many of them the scheduler has in its list
  result    \* what the message came to; "-" after a tick

vars == <<comp, task, buffers, lost, orphans, result>>

AllFixes == {
  "O-49",   \* comp_free() frees the task, and its memory
  "R-112",  \* comp_reset() cancels the task
  "R-113"}  \* module_adapter_reset() forgets the buffers that it frees
AllDefects == {}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Driver \in {"module", "native"}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

NoTask == [exists |-> FALSE, state |-> "INIT"]
NewTask == [exists |-> TRUE, state |-> "INIT"]

TypeOK ==
  /\ comp \in {"none", "READY", "PREPARE", "ACTIVE"}  \* dev->state
  /\ task \in [exists : BOOLEAN, state : {"INIT", "QUEUED", "RUNNING", "CANCEL", "FREE"}]
  /\ buffers \in {"none", "live", "freed"}
  /\ lost \in Nat /\ orphans \in 0..lost
  /\ result \in {"-", "ok", "ENOMEM", "EINVAL", "fault", "invalid free"}

Init ==
  /\ comp = "none"
  /\ task = NoTask
  /\ buffers = "none"
  /\ lost = 0 /\ orphans = 0
  /\ result = "-"

World == [comp |-> comp, task |-> task, buffers |-> buffers, lost |-> lost,
          orphans |-> orphans, result |-> "ok"]
Becomes(W) ==
  /\ comp' = W.comp /\ task' = W.task /\ buffers' = W.buffers
  /\ lost' = W.lost /\ orphans' = W.orphans /\ result' = W.result

Stops(W) == W.result \in {"fault", "invalid free"}
Lives == ~Stops([result |-> result])

-----------------------------------------------------------------------------
(* The callback, comp_task(): it copies, whatever the component's state.   *)
Listed(t) == t.state \in {"QUEUED", "RUNNING", "CANCEL"}
Runs(t) == t.state \in {"QUEUED", "RUNNING"}

\* module_adapter_copy() writes how much it has read to the first input buffer.
CopyFaults(W) == W.comp = "none" \/ (Driver = "module" /\ W.buffers # "live")

\* Tasks of components that are gone are still queued, unless the reset cancelled them.
\* What they copy is what has the memory of their component now.
OrphansRun(W) == W.orphans > 0 /\ ~Fixed("R-112")

\* A tick runs them first: they were there before.
Ticked(W, error) ==
  IF OrphansRun(W) /\ CopyFaults(W) THEN [W EXCEPT !.result = "fault"]
  ELSE IF Runs(W.task) /\ CopyFaults(W)
       THEN [W EXCEPT !.task.state = "RUNNING", !.result = "fault"]
  ELSE [W EXCEPT
    !.orphans = IF OrphansRun(W) /\ ~error THEN @ ELSE 0,
    !.task.state = IF ~Listed(W.task) THEN @
                   ELSE IF Runs(W.task) /\ ~error THEN "RUNNING" ELSE "FREE"]

-----------------------------------------------------------------------------
(* What the calls of the scheduler come to.                                *)

\* schedule_task(): one that is in the list stays where it is.
Scheduled(t) == IF t.state = "RUNNING" THEN t ELSE [t EXCEPT !.state = "QUEUED"]

\* schedule_task_cancel()
Cancelled(t) == IF Listed(t) THEN [t EXCEPT !.state = "CANCEL"] ELSE t

\* schedule_task_free(), which waits for a tick if the task has run in one.
TaskFreed(W) ==
  IF W.task.state = "RUNNING" /\ CopyFaults(W) THEN [W EXCEPT !.result = "fault"]
  ELSE [W EXCEPT !.task.state = "FREE"]

-----------------------------------------------------------------------------
(* The messages of the component's pipeline, in their order.               *)
Create ==
  /\ Lives /\ comp = "none"
  /\ Becomes([World EXCEPT !.comp = "READY"])

\* failing: what there is no memory for, or that the component is not ready itself.
Prepare(failing) ==
  /\ Lives /\ comp = "READY"
  /\ failing \in {"task", "private data"} => ~task.exists
  /\ Becomes(
       IF failing \in {"task", "private data"} THEN [World EXCEPT !.result = "ENOMEM"]
       ELSE LET W == IF task.exists THEN World ELSE [World EXCEPT !.task = NewTask]
            IN  IF failing = "component" THEN [W EXCEPT !.result = "EINVAL"]
                ELSE [W EXCEPT !.comp = "PREPARE",
                               !.buffers = IF Driver = "module" THEN "live" ELSE @])

Start ==
  /\ Lives /\ comp = "PREPARE"
  /\ Becomes([World EXCEPT !.comp = "ACTIVE", !.task = Scheduled(@)])

\* The task stays in the list.
Stop ==
  /\ Lives /\ comp = "ACTIVE"
  /\ Becomes([World EXCEPT !.comp = "PREPARE"])

\* A pipeline resets all of its components when the prepare of one of them fails, so it
\* resets those, too, that it has not prepared.
Reset ==
  LET W == IF Fixed("R-112") THEN [World EXCEPT !.task = Cancelled(@)] ELSE World
  IN  /\ Lives /\ comp \in {"READY", "PREPARE"}
      /\ Becomes(
           IF buffers = "freed" THEN [W EXCEPT !.result = "invalid free"]
           ELSE [W EXCEPT !.comp = "READY",
                          !.buffers = IF buffers = "live" /\ ~Fixed("R-113")
                                      THEN "freed" ELSE "none"])

\* comp_free(), which leaves all but the component to the driver.
FreedByComp(W) ==
  IF ~Fixed("O-49") \/ ~W.task.exists THEN W
  ELSE LET F == TaskFreed(W)
       IN  IF Stops(F) THEN F ELSE [F EXCEPT !.task = NoTask]

\* Drivers of modules free what the scheduler keeps of the task.
FreedByDriver(W) ==
  IF Stops(W) THEN W
  ELSE LET F == IF Driver = "module" /\ W.task.exists THEN TaskFreed(W) ELSE W
       IN  IF Stops(F) THEN F
           ELSE [F EXCEPT
             !.comp = "none", !.buffers = "none", !.task = NoTask,
             !.lost = IF F.task.exists THEN @ + 1 ELSE @,
             !.orphans = IF Listed(F.task) THEN @ + 1 ELSE @]

Free ==
  /\ Lives /\ comp = "READY"
  /\ Becomes(FreedByDriver(FreedByComp(World)))

\* error: whether what copies in this tick finds an error, and completes.
Tick(error) ==
  /\ Lives /\ (Listed(task) \/ orphans > 0)
  /\ LET W == Ticked(World, error)
     IN  Becomes(IF Stops(W) THEN W ELSE [W EXCEPT !.result = "-"])

Next ==
  \/ Create
  \/ \E failing \in {"nothing", "task", "private data", "component"} : Prepare(failing)
  \/ Start
  \/ Stop
  \/ Reset
  \/ Free
  \/ \E error \in BOOLEAN : Tick(error)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* TSK-7 NoUseAfterFree: no copy uses a component, or buffers, that were freed.
NoUseAfterFreeInv == result # "fault"

\* HEAP-8 NoDoubleFree: what is freed is an allocated block.
NoDoubleFreeInv == result # "invalid free"

\* HEAP-14 NoLeakAfterTeardown: a component that is gone leaves no task behind.
NoLeakAfterTeardownInv == lost = 0

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachRunning == comp = "ACTIVE" /\ task.state = "RUNNING"
ReachCompleted == comp = "ACTIVE" /\ task.state = "FREE"
ReachStopped == comp = "READY" /\ Listed(task)
ReachCancelled == comp = "PREPARE" /\ task.state = "CANCEL"
ReachNotReady == comp = "READY" /\ task.exists /\ result = "EINVAL"
ReachOrphan == comp = "ACTIVE" /\ orphans > 0
=============================================================================
