------------------------- MODULE SchedulerOwnership -------------------------
(***************************************************************************)
(* Which side owns a scheduler, and what can go wrong while schedulers are *)
(* registered, tasks are bound to them and operations go through them.     *)
(*                                                                         *)
(* Models, with the labels of the steps as action names:                   *)
(*   scheduler_init()      I1 .. I4      src/schedule/schedule.c           *)
(*   scheduler_register()  G1 .. G3      src/schedule/schedule.c           *)
(*   schedule_task_init()  T1 .. T6      src/schedule/schedule.c           *)
(*   scheduler_get_data()  Lookup        sof/schedule/schedule.h           *)
(*   schedule_task() ...   Operate       sof/schedule/schedule.h           *)
(*   check_restore()       CheckRestore  src/init/init.c                   *)
(* at SOF 12dd726529. None of these functions takes a lock. Each label is  *)
(* one atomic step; between two of them any other thread can run.          *)
(*                                                                         *)
(* Each core has one kernel thread: its start-up code, later the thread    *)
(* that serves IPC or IDC commands. User threads start when the primary    *)
(* core is up; an adversary among them writes anything into the registry   *)
(* words that user space may write, at any moment.                         *)
(*                                                                         *)
(* Not modeled: cached aliases, links of tasks, kernel objects, the       *)
(* words of a task in user memory. Assumed of callers: a kernel thread     *)
(* serves one request at a time.                                           *)
(***************************************************************************)
EXTENDS RegistryMemory

CONSTANTS
  KernelThreads,    \* one for each core
  UserThreads,      \* threads of the LL memory domain, on any core
  CoreOf,           \* CoreOf[th] is the core that a thread runs on
  Tasks,            \* struct task instances
  UserTasks,        \* those that lie in user memory
  Inits,            \* Inits[th]: the tasks that a thread initializes
  Operates,         \* Operates[th]: the tasks that a thread operates on
  CoreArguments,    \* core numbers that callers pass, also out of range
  BootOrder,        \* BootOrder[c] is the sequence of types that c registers
  UserTypeChoices,  \* the sets of user types to choose from
  AllocationOutcomes, \* may an allocation succeed, or also fail?
  OpsTables,        \* ops tables to register: "full", "partial"
  Operations,       \* task operations to call, of CheckedOps or UncheckedOps
  AttackPointers,   \* addresses that the adversary writes
  AttackTypes,      \* types that the adversary writes
  UserMayRegister   \* may a user thread call scheduler_init()?

VARIABLES
  power,    \* power[c]: "cold", "booting", "up", "off" (memory retained)
  boot,     \* boot[c]: the types that c has still to register
  thread,   \* thread[th]: the frame of the call in progress
  result,   \* what the step that led here returned to its caller, if anything
  task,     \* task[k]: what schedule_task_init() stored in the task
  halted    \* "no", or why the firmware stopped

vars == <<memoryVars, power, boot, thread, result, task, halted>>

Threads == KernelThreads \cup UserThreads
IsUser(th) == th \in UserThreads
KThread(c) == CHOOSE th \in KernelThreads : CoreOf[th] = c
AnyType == Types \cup {"COUNT"}   \* SOF_SCHEDULE_COUNT is no type
CheckedOps == {"cancel", "free"}  \* wrappers that test task.sch
UncheckedOps == {"schedule", "before", "after", "running", "reschedule"}

ASSUME ThreadsAssumption ==
  /\ KernelThreads \cap UserThreads = {}
  /\ \A c \in Cores : Cardinality({th \in KernelThreads : CoreOf[th] = c}) = 1
ASSUME TasksAssumption ==
  /\ UserTasks \subseteq Tasks
  /\ \A th \in Threads : Inits[th] \cup Operates[th] \subseteq Tasks
  /\ \A th \in UserThreads : Inits[th] \cup Operates[th] \subseteq UserTasks
ASSUME BootAssumption == \A c \in Cores : Elements(BootOrder[c]) \subseteq Types
ASSUME ChoicesAssumption == \A u \in UserTypeChoices : u \subseteq Types
ASSUME AttackAssumption ==
  AttackPointers \subseteq Addr \cup {"NULL"} /\ AttackTypes \subseteq Types
ASSUME OutcomesAssumption == AllocationOutcomes \subseteq BOOLEAN
ASSUME OperationsAssumption == Operations \subseteq CheckedOps \cup UncheckedOps

-----------------------------------------------------------------------------
(* A thread's frame: arguments and locals of the call in progress.         *)
Labels == {"idle", "oops",
           "I2_ValidateOps", "I3_AllocNode", "I4_Zero", "I4_Fill",
           "G1_PickSlot", "G2_AllocHead", "G2_ZeroHead", "G2_InitHead",
           "G3_Append",
           "T2_PickList", "T3_CheckList", "T4_Walk", "T5_NotFound", "T6_Store"}

NoCall == [pc |-> "idle",    \* the label of the next step
           type |-> "-",     \* argument type
           core |-> "-",     \* argument core, or the index of the slot in use
           task |-> "-",     \* argument task
           ops |-> "-",      \* argument ops
           heap |-> "-",     \* the heap chosen in I1
           flag |-> "-",     \* the flags of the next allocation
           node |-> "NULL",  \* struct schedule_data under construction
           list |-> "NULL",  \* struct schedulers in use
          why |-> "-"]      \* why the thread died, for label "oops"

NoResult == [thread |-> "-",  \* who returned
             ret |-> "-",     \* the return value
             task |-> "-",    \* the task of schedule_task_init() or an operation
             type |-> "-",    \* the type that was looked up
             via |-> "NULL"]  \* the scheduler that the operation went through

At(th, label) == halted = "no" /\ thread[th].pc = label
Goto(th, frame) == /\ thread' = [thread EXCEPT ![th] = frame]
                   /\ result' = NoResult
Stay == UNCHANGED thread /\ result' = NoResult

ReturnResult(th, r) ==
  /\ thread' = [thread EXCEPT ![th] = NoCall]
  /\ result' = r
Return(th, r) == ReturnResult(th, [NoResult EXCEPT !.thread = th, !.ret = r])
ReturnBind(th, k, r) ==
  ReturnResult(th, [NoResult EXCEPT !.thread = th, !.ret = r, !.task = k])

(* A fault kills a user thread and stops the firmware if the kernel made   *)
(* it. An assertion counts as a fault.                                     *)
FaultIn(th, frame, why) ==
  IF IsUser(th)
    THEN /\ Goto(th, [frame EXCEPT !.pc = "oops", !.why = why])
         /\ UNCHANGED halted
    ELSE /\ halted' = why
         /\ Stay
Fault(th, why) == FaultIn(th, thread[th], why)

Up(c) == power[c] = "up"
UserSpaceRuns == halted = "no" /\ Up(PrimaryCore)
Ready(th) == /\ At(th, "idle")
             /\ IF IsUser(th) THEN UserSpaceRuns ELSE Up(CoreOf[th])

TypeOK ==
  /\ MemoryTypeOK
  /\ power \in [Cores -> {"cold", "booting", "up", "off"}]
  /\ DOMAIN boot = Cores
  /\ DOMAIN thread = Threads
  /\ \A th \in Threads : DOMAIN thread[th] = DOMAIN NoCall
  /\ \A th \in Threads : thread[th].pc \in Labels
  /\ DOMAIN task = Tasks
  /\ \A k \in Tasks : task[k].sch \in Addr \cup {"NULL", "uninit"}
  /\ DOMAIN result = DOMAIN NoResult
  /\ halted \in {"no", "panic", "assert", "hijack"} \cup Errors

-----------------------------------------------------------------------------
(* Zeroed memory reads as type 0 (EDF) on core 0.                          *)
NewTask == IF Broken("B-11")
           THEN [sch |-> "uninit", type |-> "uninit", core |-> "uninit"]
           ELSE [sch |-> "NULL", type |-> "EDF", core |-> "c0"]

Init ==
  /\ userTypes \in UserTypeChoices
  /\ MemoryInit
  /\ power = [c \in Cores |-> IF c = PrimaryCore THEN "booting" ELSE "cold"]
  /\ boot = [c \in Cores |-> IF c = PrimaryCore THEN BootOrder[c] ELSE <<>>]
  /\ thread = [th \in Threads |-> NoCall]
  /\ result = NoResult
  /\ task = [k \in Tasks |-> NewTask]
  /\ halted = "no"

-----------------------------------------------------------------------------
(* Start-up. The primary core starts by itself, the others on a command.   *)
(* A core can lose power with its memory retained.                         *)
PowerOff(c) ==
  /\ c # PrimaryCore
  /\ Up(c)
  /\ At(KThread(c), "idle")
  /\ power' = [power EXCEPT ![c] = "off"]
  /\ Goto(KThread(c), NoCall)
  /\ UNCHANGED <<memoryVars, boot, task, halted>>

CheckRestore(c) ==
  LET restored == /\ power[c] = "off"
                  /\ \/ RestoreSees("k") /\ kSlot[c] # "NULL"
                     \/ RestoreSees("u") /\ uSlot[c] # "NULL"
  IN  /\ halted = "no"
      /\ Up(PrimaryCore)
      /\ power[c] \in {"cold", "off"}
      /\ IF restored
           THEN /\ power' = [power EXCEPT ![c] = "up"]
                /\ UNCHANGED boot
           ELSE /\ power' = [power EXCEPT ![c] = "booting"]
                /\ boot' = [boot EXCEPT ![c] = BootOrder[c]]
      /\ Stay
      /\ UNCHANGED <<memoryVars, task, halted>>

BootDone(c) ==
  /\ power[c] = "booting"
  /\ boot[c] = <<>>
  /\ At(KThread(c), "idle")
  /\ power' = [power EXCEPT ![c] = "up"]
  /\ Goto(KThread(c), NoCall)
  /\ UNCHANGED <<memoryVars, boot, task, halted>>

-----------------------------------------------------------------------------
(* scheduler_init(type, ops, data)                                         *)
I1_ChooseHeap(th, type, ops) ==
  /\ IF IsUser(th)
       THEN Ready(th) /\ UNCHANGED boot
       ELSE LET c == CoreOf[th]
            IN  /\ At(th, "idle")
                /\ power[c] = "booting"
                /\ boot[c] # <<>>
                /\ type = Head(boot[c])
                /\ boot' = [boot EXCEPT ![c] = Tail(@)]
  /\ IF IsUser(th) /\ Fixed("R-02")
       THEN Return(th, "-EPERM")
       ELSE Goto(th, [NoCall EXCEPT !.pc = "I2_ValidateOps",
                                    !.type = type, !.ops = ops,
                                    !.heap = HeapOf(userTypes, type)])
  /\ UNCHANGED <<memoryVars, power, task, halted>>

\* The caller learns of a refusal only with fix O-15.
I2_ValidateOps(th) ==
  /\ At(th, "I2_ValidateOps")
  /\ IF thread[th].ops # "full"
       THEN Return(th, IF Fixed("O-15") THEN "-EINVAL" ELSE "0")
       ELSE Goto(th, [thread[th] EXCEPT
                        !.pc = "I3_AllocNode",
                        !.flag = NodeFlag(userTypes, thread[th].type)])
  /\ UNCHANGED <<memoryVars, power, boot, task, halted>>

(* The allocation is a system call for a user thread: its verifier accepts *)
(* the LL user heap only, and no kernel flag.                              *)
I3_AllocNode(th, succeeds) ==
  LET f == thread[th]
      a == NextBlock(f.heap)
  IN  /\ At(th, "I3_AllocNode")
      /\ IF IsUser(th) /\ (f.flag = "KERNEL" \/ f.heap # "UHEAP")
           THEN Fault(th, "verify") /\ UNCHANGED <<mem, tainted>>
         ELSE IF ~succeeds
           THEN Fault(th, "panic") /\ UNCHANGED <<mem, tainted>>
         ELSE /\ HasRoom(f.heap)
              /\ mem' = [mem EXCEPT ![a] = RawNode]
              /\ Goto(th, [f EXCEPT !.pc = "I4_Zero", !.flag = "-", !.node = a])
              /\ UNCHANGED <<tainted, halted>>
      /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task>>

I4_Zero(th) ==
  LET a == thread[th].node
  IN  /\ At(th, "I4_Zero")
      /\ mem' = [mem EXCEPT ![a] = ZeroBlock]
      /\ tainted' = Taint(IsUser(th), WordsOf(a))
      /\ Goto(th, [thread[th] EXCEPT !.pc = "I4_Fill"])
      /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task, halted>>

\* Private data is named by its home and by the core that it belongs to.
DataOf(c, t) == DataSide(userTypes, t) \o "_" \o c

I4_Fill(th) ==
  LET f == thread[th]
      a == f.node
  IN  /\ At(th, "I4_Fill")
      /\ mem' = [mem EXCEPT ![a] =
                  [next |-> a, prev |-> a, type |-> f.type, ops |-> "full",
                   data |-> DataOf(CoreOf[th], f.type)]]
      /\ tainted' = Taint(IsUser(th), WordsOf(a))
      /\ Goto(th, [f EXCEPT !.pc = "G1_PickSlot"])
      /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task, halted>>

-----------------------------------------------------------------------------
(* scheduler_register(sch)                                                 *)
SlotOf(type, c) == IF Array(userTypes, type) = "k" THEN kSlot[c] ELSE uSlot[c]
SetSlot(type, c, v) ==
  IF Array(userTypes, type) = "k"
    THEN kSlot' = [kSlot EXCEPT ![c] = v] /\ UNCHANGED uSlot
    ELSE uSlot' = [uSlot EXCEPT ![c] = v] /\ UNCHANGED kSlot
SlotWord(type, c) ==
  IF Array(userTypes, type) = "u" THEN {<<"uSlot", c>>} ELSE {}

(* The index is the current core; with B-13 it is whatever was in an       *)
(* unassigned local.                                                       *)
G1_PickSlot(th, index) ==
  LET f == thread[th]
      unassigned == Broken("B-13") /\ Array(userTypes, f.type) = "u"
  IN  /\ At(th, "G1_PickSlot")
      /\ index = CoreOf[th] \/ unassigned
      /\ IF IsUser(th) /\ AccessorStopsUser
           THEN Fault(th, "assert")
         ELSE IF IsUser(th) /\ Array(userTypes, f.type) = "k"
           THEN Fault(th, "!prot")
         ELSE /\ Goto(th, [f EXCEPT !.core = index,
                                    !.pc = IF SlotOf(f.type, index) = "NULL"
                                           THEN "G2_AllocHead" ELSE "G3_Append"])
              /\ UNCHANGED halted
      /\ UNCHANGED <<memoryVars, power, boot, task>>

(* The merged code stores the result of the allocation in the slot at once *)
(* and initializes the head there, so that another core can already see    *)
(* it. Fix R-01 keeps it in a local until it is initialized.               *)
G2_AllocHead(th, succeeds) ==
  LET f == thread[th]
      a == NextBlock(f.heap)
  IN  /\ At(th, "G2_AllocHead")
      /\ IF succeeds
           THEN /\ HasRoom(f.heap)
                /\ mem' = [mem EXCEPT ![a] = RawHead]
                /\ IF Fixed("R-01")
                     THEN /\ Goto(th, [f EXCEPT !.pc = "G2_ZeroHead", !.list = a])
                          /\ UNCHANGED <<kSlot, uSlot, tainted>>
                     ELSE /\ Goto(th, [f EXCEPT !.pc = "G2_ZeroHead"])
                          /\ SetSlot(f.type, f.core, a)
                          /\ tainted' = Taint(IsUser(th), SlotWord(f.type, f.core))
           ELSE /\ IF Fixed("O-15")
                     THEN /\ Return(th, "-ENOMEM")
                          /\ mem' = [mem EXCEPT ![f.node] = FreeBlock]
                     ELSE /\ Return(th, "0")
                          /\ UNCHANGED mem
                /\ IF Fixed("R-01")
                     THEN /\ UNCHANGED <<kSlot, uSlot>>
                          /\ tainted' = IF Fixed("O-15")
                                        THEN tainted \ WordsOf(f.node) ELSE tainted
                     ELSE /\ SetSlot(f.type, f.core, "NULL")
                          /\ tainted' =
                               LET t == Taint(IsUser(th), SlotWord(f.type, f.core))
                               IN  IF Fixed("O-15") THEN t \ WordsOf(f.node) ELSE t
      /\ UNCHANGED <<userTypes, power, boot, task, halted>>

\* The head that this call works on.
CurrentHead(th) == IF Fixed("R-01") THEN thread[th].list
                   ELSE SlotOf(thread[th].type, thread[th].core)

G2_ZeroHead(th) ==
  LET h == CurrentHead(th)
      e == Access(IsUser(th), h)
  IN  /\ At(th, "G2_ZeroHead")
      /\ IF e # "ok"
           THEN Fault(th, e) /\ UNCHANGED <<mem, tainted>>
           ELSE /\ mem' = [mem EXCEPT ![h].next = "NULL", ![h].prev = "NULL"]
                /\ tainted' = Taint(IsUser(th), {<<h, "next">>, <<h, "prev">>})
                /\ Goto(th, [thread[th] EXCEPT !.pc = "G2_InitHead"])
                /\ UNCHANGED halted
      /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task>>

G2_InitHead(th) ==
  LET f == thread[th]
      h == CurrentHead(th)
      e == Access(IsUser(th), h)
      links == {<<h, "next">>, <<h, "prev">>}
  IN  /\ At(th, "G2_InitHead")
      /\ IF e # "ok"
           THEN Fault(th, e) /\ UNCHANGED <<mem, kSlot, uSlot, tainted>>
           ELSE /\ mem' = [mem EXCEPT ![h].next = h, ![h].prev = h]
                /\ Goto(th, [f EXCEPT !.pc = "G3_Append", !.list = "NULL"])
                /\ UNCHANGED halted
                /\ IF Fixed("R-01")
                     THEN /\ SetSlot(f.type, f.core, h)
                          /\ tainted' = Taint(IsUser(th),
                                              links \cup SlotWord(f.type, f.core))
                     ELSE /\ UNCHANGED <<kSlot, uSlot>>
                          /\ tainted' = Taint(IsUser(th), links)
      /\ UNCHANGED <<userTypes, power, boot, task>>

(* list_item_append(): tail->next = item, item->next = list,               *)
(* item->prev = tail, list->prev = item, on whatever the slot leads to.    *)
LinkBefore(m, item, h, tail) ==
  [[[m EXCEPT ![tail].next = item]
       EXCEPT ![item].next = h, ![item].prev = tail]
       EXCEPT ![h].prev = item]

G3_Append(th) ==
  LET f == thread[th]
      u == IsUser(th)
      h == SlotOf(f.type, f.core)
      tail == Read(u, h, "prev")
      e == IF IsError(tail) THEN tail ELSE Access(u, tail)
      linked == LinkBefore(mem, f.node, h, tail)
      written == {<<tail, "next">>, <<f.node, "next">>, <<f.node, "prev">>,
                  <<h, "prev">>}
      k == kSlot[CoreOf[th]]
      both == Broken("S-01") /\ Array(userTypes, f.type) = "u" /\ k \in Addr
  IN  /\ At(th, "G3_Append")
      /\ IF e # "ok"
           THEN Fault(th, e) /\ UNCHANGED <<mem, tainted>>
           ELSE /\ mem' = IF both THEN LinkBefore(linked, f.node, k, linked[k].prev)
                          ELSE linked
                /\ tainted' = Taint(u, written)
                /\ Return(th, "0")
                /\ UNCHANGED halted
      /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task>>

-----------------------------------------------------------------------------
(* schedule_task_init(task, ..., type, ..., core, ...)                     *)
Unbind(k) == task' = [task EXCEPT ![k].sch = "NULL"]
UnbindEarly(k) == IF Fixed("O-14") THEN Unbind(k) ELSE UNCHANGED task

T1_CheckType(th, k, type, core) ==
  /\ Ready(th)
  /\ UnbindEarly(k)
  /\ IF type \notin Types \/ (Fixed("O-04") /\ core \notin Cores)
       THEN ReturnBind(th, k, "-EINVAL")
       ELSE Goto(th, [NoCall EXCEPT !.pc = "T2_PickList", !.task = k,
                                    !.type = type, !.core = core])
  /\ UNCHANGED <<memoryVars, power, boot, halted>>

T2_PickList(th) ==
  LET f == thread[th]
      u == IsUser(th)
      byArgument == IndexedByArgument(userTypes, f.type, u)
      index == IF ~byArgument THEN CoreOf[th]
               ELSE IF Broken("B-05") /\ u THEN PrimaryCore
               ELSE f.core
  IN  /\ At(th, "T2_PickList")
      /\ IF u /\ Array(userTypes, f.type) = "k"
           THEN Fault(th, IF AccessorStopsUser THEN "assert" ELSE "!prot")
         ELSE IF Fixed("R-03") /\ ~byArgument /\ f.core # CoreOf[th]
           THEN ReturnBind(th, f.task, "-EINVAL") /\ UNCHANGED halted
         ELSE /\ Goto(th, [f EXCEPT !.pc = "T3_CheckList",
                                    !.list = SlotOf(f.type, index)])
              /\ UNCHANGED halted
      /\ UNCHANGED <<memoryVars, power, boot, task>>

T3_CheckList(th) ==
  /\ At(th, "T3_CheckList")
  /\ IF thread[th].list = "NULL" THEN ReturnBind(th, thread[th].task, "-ENODEV")
     ELSE Goto(th, [thread[th] EXCEPT !.pc = "T4_Walk"])
  /\ UNCHANGED <<memoryVars, power, boot, task, halted>>

T4_Walk(th) ==
  LET f == thread[th]
      node == Walk(IsUser(th), f.list, f.type)
  IN  /\ At(th, "T4_Walk")
      /\ task' = [task EXCEPT ![f.task].sch = IF IsError(node) THEN "NULL" ELSE node]
      /\ IF IsError(node)
           THEN Fault(th, node)
           ELSE /\ Goto(th, [f EXCEPT !.list = "NULL",
                                      !.pc = IF node = "NULL" THEN "T5_NotFound"
                                             ELSE "T6_Store"])
                /\ UNCHANGED halted
      /\ UNCHANGED <<memoryVars, power, boot>>

T5_NotFound(th) ==
  /\ At(th, "T5_NotFound")
  /\ ReturnBind(th, thread[th].task, "-ENODEV")
  /\ UNCHANGED <<memoryVars, power, boot, task, halted>>

T6_Store(th) ==
  LET f == thread[th]
  IN  /\ At(th, "T6_Store")
      /\ task' = [task EXCEPT ![f.task].type = f.type, ![f.task].core = f.core]
      /\ ReturnBind(th, f.task, "0")
      /\ UNCHANGED <<memoryVars, power, boot, halted>>

-----------------------------------------------------------------------------
(* scheduler_get_data(type), on the core of the caller.                    *)
Lookup(th, type) ==
  LET c == CoreOf[th]
      list == IF LookupArray(userTypes, type) = "k" THEN kSlot[c] ELSE uSlot[c]
      u == IsUser(th)
      node == Walk(u, list, type)
      data == Read(u, node, "data")
      Got(r) == ReturnResult(th, [NoResult EXCEPT !.thread = th, !.ret = r, !.type = type])
  IN  /\ Ready(th)
      /\ IF u /\ AccessorStopsUser
           THEN Fault(th, "assert")
         ELSE IF u /\ LookupArray(userTypes, type) = "k"
           THEN Fault(th, "!prot")
         ELSE IF list = "NULL" \/ node = "NULL"
           THEN Got("NULL") /\ UNCHANGED halted
         ELSE IF IsError(node)
           THEN Fault(th, node)
         ELSE IF IsError(data)
           THEN Fault(th, data)
         ELSE Got(data) /\ UNCHANGED halted
      /\ UNCHANGED <<memoryVars, power, boot, task>>

(* schedule_task(task, ...) and its siblings: call through task->sch->ops, *)
(* handing over sch->data. With B-06 the scheduler is looked up again, in  *)
(* the list of the current core.                                           *)
Operate(th, k, op) ==
  LET u == IsUser(th)
      c == CoreOf[th]
      found == LET list == SlotOf(task[k].type, c)
               IN  IF list = "NULL" THEN "NULL" ELSE Walk(u, list, task[k].type)
      sch == CASE task[k].sch = "uninit" -> "!uninit"
               [] Broken("B-06") -> found
               [] OTHER -> task[k].sch
      ops == Read(u, sch, "ops")
      data == Read(u, sch, "data")
      Fails(why) == FaultIn(th, [NoCall EXCEPT !.task = k], why)
      Done == ReturnResult(th, [NoResult EXCEPT !.thread = th, !.ret = "0",
                                                !.task = k, !.via = sch])
  IN  /\ Ready(th)
      /\ CASE IsError(sch) -> Fails(sch)
           [] sch = "NULL" /\ (op \in CheckedOps \/ Fixed("O-14") \/ Broken("B-06")) ->
                Return(th, IF op \in CheckedOps \/ ~Broken("B-06")
                           THEN "-EINVAL" ELSE "-ENODEV") /\ UNCHANGED halted
           [] IsError(ops) -> Fails(ops)
           [] ops = "NULL" -> Fails("!null")
           [] IsError(data) -> Fails(data)
           [] ops = "evil" /\ ~u -> Fails("hijack")
           [] ops = "full" /\ u /\ data \in {"kern_" \o d : d \in Cores} -> Fails("!prot")
           [] ops = "full" /\ data = "NULL" -> Fails("!null")
           [] OTHER -> Done /\ UNCHANGED halted
      /\ UNCHANGED <<memoryVars, power, boot, task>>

-----------------------------------------------------------------------------
(* The adversary: any word of the registry that user space may write.      *)
AdversaryWrite(a, field, v) ==
  /\ UserSpaceRuns
  /\ UserWritable(a)
  /\ mem[a][field] # "free"
  /\ mem' = [mem EXCEPT ![a][field] = v]
  /\ tainted' = Taint(TRUE, {<<a, field>>})
  /\ Stay
  /\ UNCHANGED <<userTypes, kSlot, uSlot, power, boot, task, halted>>

AdversaryWriteSlot(c, v) ==
  /\ UserSpaceRuns
  /\ c = BeyondCore \/ UserArrayWritable
  /\ uSlot' = [uSlot EXCEPT ![c] = v]
  /\ tainted' = Taint(TRUE, {<<"uSlot", c>>})
  /\ Stay
  /\ UNCHANGED <<userTypes, kSlot, mem, power, boot, task, halted>>

-----------------------------------------------------------------------------
Boot ==
  \/ \E c \in Cores : PowerOff(c)
  \/ \E c \in Cores : CheckRestore(c)
  \/ \E c \in Cores : BootDone(c)

Registrars == KernelThreads \cup (IF UserMayRegister THEN UserThreads ELSE {})

Register ==
  \/ \E th \in Registrars, t \in Types, o \in OpsTables : I1_ChooseHeap(th, t, o)
  \/ \E th \in Registrars : I2_ValidateOps(th)
  \/ \E th \in Registrars, s \in AllocationOutcomes : I3_AllocNode(th, s)
  \/ \E th \in Registrars : I4_Zero(th)
  \/ \E th \in Registrars : I4_Fill(th)
  \/ \E th \in Registrars, c \in Slots : G1_PickSlot(th, c)
  \/ \E th \in Registrars, s \in AllocationOutcomes : G2_AllocHead(th, s)
  \/ \E th \in Registrars : G2_ZeroHead(th)
  \/ \E th \in Registrars : G2_InitHead(th)
  \/ \E th \in Registrars : G3_Append(th)

Bind ==
  \/ \E th \in Threads : \E k \in Inits[th], t \in AnyType, c \in CoreArguments :
       T1_CheckType(th, k, t, c)
  \/ \E th \in Threads : T2_PickList(th)
  \/ \E th \in Threads : T3_CheckList(th)
  \/ \E th \in Threads : T4_Walk(th)
  \/ \E th \in Threads : T5_NotFound(th)
  \/ \E th \in Threads : T6_Store(th)

Use ==
  \/ \E th \in Threads, t \in Types : Lookup(th, t)
  \/ \E th \in Threads : \E k \in Operates[th], op \in Operations : Operate(th, k, op)

Targets == IF Attacker = {} THEN {} ELSE Registry
TargetSlots == IF Attacker = {} THEN {} ELSE Cores \cup CoreArguments

Adversary ==
  \/ \E c \in TargetSlots, v \in AttackPointers : AdversaryWriteSlot(c, v)
  \/ \E a \in Targets, f \in {"next", "prev"}, v \in AttackPointers :
       AdversaryWrite(a, f, v)
  \/ \E a \in Targets, t \in AttackTypes : AdversaryWrite(a, "type", t)
  \/ \E a \in Targets : AdversaryWrite(a, "ops", "evil")

System == Boot \/ Register \/ Bind \/ Use
Next == System \/ Adversary

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties. The kernel side is guaranteed whatever user space does; the *)
(* user side as long as user space leaves it alone (Intact).               *)

\* OWN-1 SideExclusive: no type of a core is in both lists.
SideExclusiveInv ==
  Intact => \A c \in Cores, t \in Types : ~(InK(c, t) /\ InU(c, t))

\* OWN-2 TypeUniqueInList: a list holds at most one node of a type.
Unique(nodes) == \A a, b \in nodes : mem[a].type = mem[b].type => a = b
TypeUniqueInListInv ==
  \A c \in Cores : Unique(KNodes(c)) /\ (Intact => Unique(UNodes(c)))

\* OWN-3 SideFunction: a registered node is in the user list if and only if
\* its type is a user type.
SideFunctionInv ==
  \A c \in Cores :
    /\ \A a \in KNodes(c) : mem[a].type \notin userTypes
    /\ Intact => \A a \in UNodes(c) : mem[a].type \in userTypes

\* OWN-4 SideAgreement: where a node and its list head live, and the lists
\* used to register, to bind and to look up, all follow from the type.
SideAgreementInv ==
  Intact => \A c \in Cores :
    /\ \A a \in KNodes(c) \cup {kSlot[c]} :
         a \in Addr => ~UserReadable(a)
    /\ \A a \in UNodes(c) \cup {uSlot[c]} :
         a \in Addr => UserReadable(a)
    /\ \A t \in Types : Registered(c, t) =>
         /\ Array(userTypes, t) = IF t \in userTypes THEN "u" ELSE "k"
         /\ LookupArray(userTypes, t) = Array(userTypes, t)

\* OWN-5 CoreLocal: a node was registered by code that ran on the core of
\* the list, and its private data belongs to that core.
CoreLocalInv ==
  \A c \in Cores :
    /\ \A a \in KNodes(c) : mem[a].data \in {"kern_" \o c, "user_" \o c}
    /\ Intact => \A a \in UNodes(c) : mem[a].data \in {"kern_" \o c, "user_" \o c}

\* OWN-6 RegisterOnlyKernel: no user thread gets as far as linking a node.
RegisterOnlyKernelInv ==
  \A th \in UserThreads : thread[th].pc \notin {"G2_AllocHead", "G3_Append"}

\* OWN-7 LookupReachable: on a core where the type is registered, a kernel
\* thread that looks it up gets its data.
LookupReachableInv ==
  (result.ret = "NULL" => ~(Intact /\ Registered(CoreOf[result.thread], result.type)))

\* OWN-8 BindingCorrect: a bound task has a scheduler of its own type, from
\* the list of its own core.
Initializing(k) == \E th \in Threads : thread[th].task = k /\ thread[th].pc = "T6_Store"
BindingCorrectInv ==
  Intact => \A k \in Tasks :
    LET s == task[k].sch
    IN  (s \in Addr /\ ~Initializing(k)) =>
          /\ mem[s].type = task[k].type
          /\ task[k].core \in Cores
          /\ s \in (KNodes(task[k].core) \cup UNodes(task[k].core))

\* OWN-9 BindingStable: only schedule_task_init() changes a binding, a call
\* that fails leaves the task unbound, and operations use the binding.
BindingStableProp ==
  [][\A k \in Tasks :
       /\ task'[k].sch # task[k].sch =>
            \/ \E th \in Threads : thread[th].pc = "T4_Walk" /\ thread[th].task = k
            \/ \E th \in Threads : thread'[th].pc = "T2_PickList" /\ thread'[th].task = k
            \/ result'.task = k /\ result'.ret = "-EINVAL"
       /\ result'.task = k =>
            /\ result'.ret \in {"-EINVAL", "-ENODEV"} => task'[k].sch = "NULL"
            /\ result'.via # "NULL" => result'.via = task[k].sch
    ]_<<task, result>>

\* OWN-10 RegistrationNotLost: when scheduler_init() returns and its caller
\* was not told otherwise, the scheduler is in its list.
Registering(th) == thread[th].pc \in {"I2_ValidateOps", "I3_AllocNode", "I4_Zero", "I4_Fill",
                     "G1_PickSlot", "G2_AllocHead", "G2_ZeroHead", "G2_InitHead", "G3_Append"}
RegistrationNotLostProp ==
  [][\A th \in KernelThreads :
       (Registering(th) /\ result'.thread = th /\ result'.ret = "0" /\ Intact)
         => \E t \in Types : t = thread[th].type /\ Registered(CoreOf[th], t)'
    ]_<<thread, result>>

\* OWN-11 KernelListNeverUserReachable: following pointers that the kernel
\* left in memory that user threads can read never leads to a list head or
\* a node of the kernel side.
KernelSide ==
  UNION {KNodes(c) \cup ({kSlot[c]} \cap Addr) : c \in Cores}
    \cup {a \in UNION {UNodes(c) : c \in Cores} :
            mem[a].type \in Types \ userTypes /\ <<a, "type">> \notin tainted}
Links(a) == {mem[a][f] : f \in {g \in {"next", "prev"} : <<a, g>> \notin tainted}} \cap Addr
RECURSIVE Closure(_)
Closure(s) ==
  LET more == s \cup UNION {Links(a) : a \in {b \in s : UserReadable(b)}}
  IN  IF more = s THEN s ELSE Closure(more)
UserReach ==
  Closure({uSlot[c] : c \in {d \in Cores : <<"uSlot", d>> \notin tainted}} \cap Addr)
KernelListNeverUserReachableInv == KernelSide \cap UserReach = {}

\* OWN-12 IndexInRange: every array of cores is indexed in range.
IndexInRangeInv ==
  \A th \in Threads :
    LET f == thread[th]
    IN  /\ (f.pc \in {"T3_CheckList", "T4_Walk"}
              /\ IndexedByArgument(userTypes, f.type, IsUser(th)))
             => f.core \in Cores
        /\ f.pc \in {"G2_AllocHead", "G2_ZeroHead", "G2_InitHead", "G3_Append"}
             => f.core \in Cores

\* OWN-13 WarmBootIdempotent: a core that restarts with its memory retained
\* registers nothing twice.
OnLists(c) == KNodes(c) \cup UNodes(c)
WarmBootIdempotentProp ==
  [][(mem' # mem /\ Intact /\ Intact') => \A c \in Cores :
       \A new \in OnLists(c)' \ OnLists(c), old \in OnLists(c) :
         mem'[new].type # mem[old].type
    ]_<<kSlot, uSlot, mem>>

\* MEM-1 HomeMatchesSide: nodes and heads of the user side are where user
\* threads can read them, those of the kernel side where they cannot.
HomeMatchesSideInv ==
  \A c \in Cores :
    /\ \A a \in KNodes(c) \cup ({kSlot[c]} \cap Addr) : ~UserReadable(a)
    /\ Intact => \A a \in UNodes(c) \cup ({uSlot[c]} \cap Addr) : UserReadable(a)

\* MEM-2 SchedulerDataHome: private data lies with its side.
DataWith(nodes) ==
  \A a \in nodes :
    mem[a].data \in {(IF mem[a].type \in userTypes THEN "user_" ELSE "kern_") \o c : c \in Cores}
SchedulerDataHomeInv ==
  \A c \in Cores : DataWith(KNodes(c)) /\ (Intact => DataWith(UNodes(c)))

\* MEM-5 ZeroInit: nobody reads a word before it is written.
ZeroInitInv ==
  /\ halted # "!uninit"
  /\ \A th \in UserThreads : thread[th].why # "!uninit"

\* MEM-6 InitBeforePublish: a slot holds NULL or an initialized list head.
Initialized(a) == a \in Addr => mem[a].next \in Addr /\ mem[a].prev \in Addr
InitBeforePublishInv ==
  \A c \in Cores : Initialized(kSlot[c]) /\ (Intact => Initialized(uSlot[c]))

\* MEM-9 FlagHeapConsistent: kernel memory is not asked of a user heap.
FlagHeapConsistentInv ==
  \A th \in Threads : thread[th].flag = "KERNEL" => thread[th].heap = "KHEAP"

\* ISO-1 UserNeverTouchesKernel: as long as the registry is intact, using
\* the API for a user-side type never makes a user thread fault. (Operating on
\* a task that a kernel client bound to a kernel-side scheduler may, and
\* scheduler_get_data() is not for user threads.)
BoundToKernelSide(k) ==
  task[k].sch \in Addr /\ mem[task[k].sch].type \notin userTypes
UserNeverTouchesKernelProp ==
  [][Intact => \A th \in UserThreads :
       LET died == thread'[th]
       IN  (thread[th].pc # "oops" /\ died.why = "!prot")
             => died.type = "-" /\ (died.task = "-" \/ BoundToKernelSide(died.task))
    ]_thread

\* ISO-3 NoKernelCallThroughUserPtr: the kernel never calls a function
\* through a pointer that user space wrote.
NoKernelCallThroughUserPtrInv == halted # "hijack"

\* ISO-10 UserCannotPanicKernel, as far as the registry goes: the kernel
\* never faults on a registry word or on an unbound task.
KernelSurvivesInv == halted \notin Errors

-----------------------------------------------------------------------------
(* Refinement: the owner of a type is the side whose list holds it.        *)
Owner(c) ==
  LET k == {mem[a].type : a \in KNodes(c)}
      u == {mem[a].type : a \in UNodes(c)}
  IN  [t \in Types |-> IF t \in userTypes /\ ~Intact THEN "forfeit"
                       ELSE IF t \in k THEN "kernel"
                       ELSE IF t \in u THEN "user"
                       ELSE "none"]

owner == [c \in Cores |-> Owner(c)]
side == [t \in Types |-> IF t \in userTypes THEN "user" ELSE "kernel"]
Abstract == INSTANCE Ownership

(* This is Abstract!Spec: a step that leaves memoryVars alone leaves side  *)
(* and owner alone, too. Saying so spares TLC from computing them, and     *)
(* looking at the stuttering steps first from trying all of Abstract!Next. *)

\* The registry refines Ownership: each core registers each scheduler type at most
\* once, on the side that the type decides, and no registration is moved or taken
\* back, except that user space may ruin the user side.
OwnershipProp ==
  /\ Abstract!Init
  /\ [][\/ UNCHANGED memoryVars
        \/ UNCHANGED <<side, owner>>
        \/ Abstract!Next]_<<side, owner>>

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachAllRegistered ==
  \A c \in Cores : Up(c) /\ \A t \in Elements(BootOrder[c]) : Registered(c, t)
ReachKernelBound == \E k \in Tasks : task[k].sch \in KBlocks
ReachUserBound == \E k \in UserTasks : task[k].sch \in Addr
                                       /\ UserReadable(task[k].sch)
ReachOperated == result.via # "NULL"
ReachUserOperated == result.via # "NULL" /\ IsUser(result.thread)
ReachWarmBoot == \E c \in Cores : power[c] = "off"
ReachToldNoMemory == result.ret = "-ENOMEM"
ReachCorrupted == ~Intact
=============================================================================
