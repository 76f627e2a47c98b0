---------------------------- MODULE TaskSyscalls ----------------------------
(***************************************************************************)
(* System calls about tasks: the semaphore that the LL scheduler needs for *)
(* each task, and two calls of the DP scheduler that were proposed and     *)
(* withdrawn. Other threads of the same memory domain call them as well, or*)
(* overwrite what a call finds in user memory. A thread of the kernel that *)
(* hands a message to a DP thread finds the task's core there; the core of *)
(* a new pipeline it has from the host.                                    *)
(*                                                                         *)
(* Models zephyr_ll_task_sem_alloc() and zephyr_ll_task_sem_free(), with   *)
(* their verifiers, SOF src/schedule/zephyr_ll.c at 12dd726529,            *)
(* scheduler_dp_thread_ipc(), src/schedule/zephyr_dp_schedule_application.c*)
(* up to the message itself, ipc_pipeline_new(), src/ipc/ipc4/helper.c, up *)
(* to idc_send_msg(), and the DP calls of pull request 10945 (de87195443,  *)
(* f9ea0dbf4f). The kernel's list of records has no lock, so that the store*)
(* of links is a step of its own. The linker puts dp_sync behind dp_lock   *)
(* and other objects behind both; an index that leads from one into the    *)
(* other is not among CoreArgs. What is behind the flags of the active     *)
(* cores is not zero, so that a core that does not exist is an active one. *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Variant,        \* the design: "MERGED" or "HARDENED"
  Fixes,          \* repairs of open defects, a subset of AllFixes
  Defects,        \* bugs put back, a subset of AllDefects
  Threads,        \* user threads of the LL memory domain
  Kernel,         \* those of the threads that are the kernel's: they bring messages
  Calls,          \* the system calls that they make about tasks
  Tasks,          \* addresses that they pass as tasks
  Semaphores,     \* how many semaphores the kernel has
  Quota,          \* how many of them user space should be able to use up
  CoreCount,      \* CONFIG_CORE_COUNT: the size of dp_sync
  CpuCount,       \* CONFIG_MP_MAX_NUM_CPUS: the size of dp_lock
  CoreArgs,       \* the numbers that they pass, and store, as cores
  Forgeries,      \* the words that the attacker overwrites, and with what
  MaxForgeries    \* how often

VARIABLES
  frame,    \* frame[t]: where a thread is in a system call, and its locals
  mutex,    \* the lock of the list, which only the repaired design has
  priv,     \* priv[k]: what task.priv_data points to
  semp,     \* semp[k]: the handle in the task's own pdata, or in "other"; 0: none
  list,     \* zephyr_ll_task_sem_list: the records, in order
  taken,    \* the semaphores that are allocated
  core,     \* core[k]: task.core
  started,  \* the cores whose dp_sync is given: a DP thread of theirs has started
  locked,   \* the cores whose dp_lock is taken
  handle,   \* which thread object the DP task's pdata names
  alive,    \* the thread objects that exist
  kernel,   \* whether the kernel's objects are as they should be
  forged,   \* how often the attacker wrote
  stop      \* why the kernel stopped: a fault of its own, or it was halted

vars == <<frame, mutex, priv, semp, list, taken, core, started, locked, handle,
          alive, kernel, forged, stop>>

AllFixes == {
  "O-54",   \* the core of a DP task is the one that its message is handled on
  "O-25",   \* load task.priv_data once, and use what was verified
  "R-73",   \* a lock for the list of records
  "R-74",   \* a limit to the records of user space
  "R-86"}   \* the end of a user thread does not halt the firmware
AllDefects == {
  "B-86",   \* the DP tick is a system call that takes any core number
  "B-88",   \* the core of a new pipeline, which the host chooses, is not checked
  "B-87"}   \* the DP task's objects are read again after they were checked

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
ASSUME BoundsAssumption ==
  /\ Kernel \subseteq Threads
  /\ Calls \subseteq {"zephyr_ll_task_sem_alloc", "zephyr_ll_task_sem_free",
                      "scheduler_dp_task_free"}
  /\ Semaphores \in Nat /\ Quota \in 0..Semaphores
  /\ CoreCount \in Nat \ {0} /\ CpuCount \in Nat /\ CoreCount <= CpuCount
  /\ CoreArgs \subseteq Nat \ (CpuCount..(CpuCount + CoreCount - 1))
  /\ Forgeries \subseteq {"priv=NULL", "priv=kernel", "priv=other", "thread=theirs",
                         "core"}
  /\ MaxForgeries \in Nat

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

\* A DP task is made on the core that it is for, and its messages come there.
OwnCore == 0
Commands == {"SOF_IPC4_MOD_INIT_INSTANCE", "SOF_IPC4_MOD_BIND"}

Semaphore == 1..Semaphores
Pointer == {"pdata", "NULL", "kernel", "other"}
Handle == {"mine", "theirs"}

Idle == [pc |-> "idle", call |-> "-", task |-> "-", core |-> -1, seen |-> "-",
         used |-> "-", sem |-> 0, tail |-> 0]
Frame == [pc : {"idle", "verify", "make", "link", "find", "unlink", "dispose",
                "sync", "send", "lock", "unlock", "return", "dead"},
          call : Calls \cup {"scheduler_dp_ll_tick", "scheduler_dp_thread_ipc",
                         "ipc_pipeline_new", "-"},
          task : Tasks \cup {"-"},
          core : CoreArgs \cup {OwnCore, -1},
          seen : Pointer \cup Handle \cup {"-"},
          used : Pointer \cup Handle \cup {"-"},
          sem : 0..Semaphores,
          tail : 0..Semaphores]

TypeOK ==
  /\ frame \in [Threads -> Frame]
  /\ mutex \in Threads \cup {"-"}
  /\ priv \in [Tasks -> Pointer]
  /\ semp \in [Tasks \cup {"other"} -> 0..Semaphores]
  /\ \A i \in 1..Len(list) : list[i] \in [task : Tasks, sem : Semaphore]
  /\ taken \subseteq Semaphore
  /\ core \in [Tasks -> CoreArgs \cup {OwnCore}]
  /\ started \subseteq 0..(CoreCount - 1)
  /\ locked \subseteq 0..(CpuCount - 1)
  /\ handle \in Handle
  /\ alive \subseteq Handle
  /\ kernel \in {"whole", "damaged"}
  /\ forged \in 0..MaxForgeries
  /\ stop \in {"-", "fault", "halt"}

Init ==
  /\ frame = [t \in Threads |-> Idle]
  /\ mutex = "-"
  /\ priv = [k \in Tasks |-> "pdata"]
  /\ semp = [k \in Tasks \cup {"other"} |-> 0]
  /\ list = <<>>
  /\ taken = {}
  /\ core = [k \in Tasks |-> OwnCore]
  /\ started = {OwnCore}
  /\ locked = {}
  /\ handle = "mine"
  /\ alive = Handle
  /\ kernel = "whole"
  /\ forged = 0
  /\ stop = "-"

At(t, pc) == stop = "-" /\ frame[t].pc = pc
Goto(t, pc) == frame' = [frame EXCEPT ![t].pc = pc]
Return(t) == frame' = [frame EXCEPT ![t] = Idle]

\* The thread is killed, and the handler of fatal errors has the last word.
Oops(t) ==
  /\ frame' = [frame EXCEPT ![t] = [Idle EXCEPT !.pc = "dead"]]
  /\ stop' = IF Fixed("R-86") THEN stop ELSE "halt"

-----------------------------------------------------------------------------
Call(t, call, k) ==
  /\ At(t, "idle") /\ t \notin Kernel
  /\ frame' = [frame EXCEPT ![t] =
       [Idle EXCEPT !.pc = "verify", !.call = call, !.task = k]]
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged, stop>>

CallTick(t, c) ==
  /\ At(t, "idle") /\ t \notin Kernel
  /\ frame' = [frame EXCEPT ![t] =
       [Idle EXCEPT !.pc = "verify", !.call = "scheduler_dp_ll_tick", !.core = c]]
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged, stop>>

\* May the caller write the pdata that the task points to?
VerifyTask(t) ==
  LET p == priv[frame[t].task]
  IN  IF p = "NULL" THEN Return(t) /\ UNCHANGED stop
      ELSE IF p = "kernel" THEN Oops(t)
      ELSE /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.seen = p,
                !.pc = IF frame[t].call = "zephyr_ll_task_sem_alloc"
                         THEN "make" ELSE "find"]]
           /\ UNCHANGED stop

\* May the caller use the thread object that the task's pdata names?
VerifyHandle(t) ==
  IF handle = "theirs" \/ handle \notin alive
    THEN Oops(t)
    ELSE /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.seen = handle, !.pc = "dispose"]]
         /\ UNCHANGED stop

VerifyCore(t) ==
  IF Broken("B-86") \/ frame[t].core < CoreCount
    THEN Goto(t, "lock") /\ UNCHANGED stop
    ELSE Oops(t)

\* The host gets an error.
VerifyPipeline(t) ==
  IF Broken("B-88") \/ frame[t].core < CoreCount
    THEN Goto(t, "send") /\ UNCHANGED stop
    ELSE Return(t) /\ UNCHANGED stop

Verify(t) ==
  /\ At(t, "verify")
  /\ CASE frame[t].call = "scheduler_dp_ll_tick"   -> VerifyCore(t)
       [] frame[t].call = "scheduler_dp_task_free" -> VerifyHandle(t)
       [] frame[t].call = "ipc_pipeline_new"       -> VerifyPipeline(t)
       [] OTHER                                    -> VerifyTask(t)
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged>>

-----------------------------------------------------------------------------
(* zephyr_ll_task_sem_alloc()                                              *)
Pdata(t) == IF Fixed("O-25") THEN frame[t].seen ELSE priv[frame[t].task]
Place(p, k) == IF p = "pdata" THEN k ELSE p
Unlocked == ~Fixed("R-73") \/ mutex = "-"
Least == CHOOSE s \in Semaphore \ taken : \A o \in Semaphore \ taken : s <= o
LastSem == IF list = <<>> THEN 0 ELSE list[Len(list)].sem

\* The record and the semaphore are made, the handle is stored through the
\* pointer, and the end of the list is looked up.
Make(t) ==
  /\ At(t, "make") /\ Unlocked
  /\ IF taken = Semaphore \/ (Fixed("R-74") /\ Cardinality(taken) >= Quota)
       THEN Return(t) /\ UNCHANGED <<mutex, semp, taken, kernel, stop>>
       ELSE LET p == Pdata(t)
                k == frame[t].task
            IN  /\ taken' = taken \cup {Least}
                /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.sem = Least,
                     !.used = p,
                     !.pc = IF p = "NULL" THEN @ ELSE "link",
                     !.tail = IF p = "NULL" THEN @ ELSE LastSem]]
                /\ semp' = IF p \in {"pdata", "other"}
                             THEN [semp EXCEPT ![Place(p, k)] = Least] ELSE semp
                /\ kernel' = IF p = "kernel" THEN "damaged" ELSE kernel
                /\ stop' = IF p = "NULL" THEN "fault" ELSE stop
                /\ mutex' = IF Fixed("R-73") THEN t ELSE mutex
  /\ UNCHANGED <<priv, list, core, started, locked, handle, alive, forged>>

Position(s) == {i \in 1..Len(list) : list[i].sem = s}

\* list_item_append() with the end that was found. Behind it the list is cut
\* off; a record that was freed since is written all the same.
Link(t) ==
  /\ At(t, "link")
  /\ LET end == frame[t].tail
         entry == [task |-> frame[t].task, sem |-> frame[t].sem]
     IN  IF end \notin taken \cup {0}
           THEN stop' = "fault" /\ UNCHANGED <<frame, list, mutex>>
           ELSE /\ list' = IF end = 0 THEN <<entry>>
                           ELSE IF Position(end) = {} THEN list
                           ELSE SubSeq(list, 1, CHOOSE i \in Position(end) : TRUE)
                                \o <<entry>>
                /\ Return(t)
                /\ mutex' = IF mutex = t THEN "-" ELSE mutex
                /\ UNCHANGED stop
  /\ UNCHANGED <<priv, semp, taken, core, started, locked, handle, alive, kernel,
                 forged>>

-----------------------------------------------------------------------------
(* zephyr_ll_task_sem_free()                                               *)
OfTask(k) == {i \in 1..Len(list) : list[i].task = k}
First(set) == CHOOSE i \in set : \A j \in set : i <= j

\* The first record of the task is looked up, and compared with the handle in
\* what the pointer leads to.
Find(t) ==
  /\ At(t, "find") /\ Unlocked
  /\ LET k == frame[t].task
         p == Pdata(t)
     IN  IF OfTask(k) = {} THEN Return(t) /\ UNCHANGED <<mutex, stop>>
         ELSE IF p = "NULL" THEN stop' = "fault" /\ UNCHANGED <<frame, mutex>>
         ELSE IF p = "kernel" \/ semp[Place(p, k)] # list[First(OfTask(k))].sem
           THEN Return(t) /\ UNCHANGED <<mutex, stop>>
         ELSE /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.pc = "unlink", !.used = p,
                             !.sem = list[First(OfTask(k))].sem]]
              /\ mutex' = IF Fixed("R-73") THEN t ELSE mutex
              /\ UNCHANGED stop
  /\ UNCHANGED <<priv, semp, list, taken, core, started, locked, handle, alive,
                 kernel, forged>>

\* What was freed since, or made anew and not linked yet, has no links.
Without(s) == SelectSeq(list, LAMBDA r : r.sem # s)

Unlink(t) ==
  /\ At(t, "unlink")
  /\ IF Position(frame[t].sem) = {}
       THEN stop' = "fault" /\ UNCHANGED <<frame, list, taken, mutex>>
       ELSE /\ list' = Without(frame[t].sem)
            /\ taken' = taken \ {frame[t].sem}
            /\ mutex' = IF mutex = t THEN "-" ELSE mutex
            /\ Return(t)
            /\ UNCHANGED stop
  /\ UNCHANGED <<priv, semp, core, started, locked, handle, alive, kernel, forged>>

-----------------------------------------------------------------------------
(* scheduler_dp_task_free() and scheduler_dp_ll_tick() as system calls.    *)
Dispose(t) ==
  /\ At(t, "dispose")
  /\ LET target == IF Broken("B-87") THEN handle ELSE frame[t].seen
     IN  /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.pc = "return", !.used = target]]
         /\ alive' = alive \ {target}
         /\ kernel' = IF target = "theirs" THEN "damaged" ELSE kernel
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 forged, stop>>

Finish(t) ==
  /\ At(t, "return")
  /\ Return(t)
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged, stop>>

-----------------------------------------------------------------------------
(* scheduler_dp_thread_ipc()                                               *)
CallIpc(t, k, cmd) ==
  /\ At(t, "idle") /\ t \in Kernel
  /\ frame' = [frame EXCEPT ![t] =
       [Idle EXCEPT !.call = "scheduler_dp_thread_ipc", !.task = k,
         !.pc = IF cmd = "SOF_IPC4_MOD_INIT_INSTANCE" THEN "sync" ELSE "lock"]]
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged, stop>>

TaskCore(t) == IF Fixed("O-54") THEN OwnCore ELSE core[frame[t].task]

\* The command that makes a module waits until the module's thread has started,
\* for 100 ms at most. Behind dp_sync are other objects of the kernel.
Sync(t) ==
  /\ At(t, "sync")
  /\ LET c == TaskCore(t)
     IN  /\ frame' = [frame EXCEPT ![t] =
              IF c < CoreCount /\ c \notin started THEN Idle
              ELSE [@ EXCEPT !.pc = "lock", !.core = c]]
         /\ started' = started \ {c}
         /\ kernel' = IF c < CoreCount THEN kernel ELSE "damaged"
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, locked, handle, alive,
                 forged, stop>>

-----------------------------------------------------------------------------
(* ipc_pipeline_new()                                                      *)
CallPipeline(t, c) ==
  /\ At(t, "idle") /\ t \in Kernel
  /\ frame' = [frame EXCEPT ![t] =
       [Idle EXCEPT !.pc = "verify", !.call = "ipc_pipeline_new", !.core = c]]
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, kernel, forged, stop>>

\* A message for another core is written to that core's work item.
Send(t) ==
  /\ At(t, "send")
  /\ Return(t)
  /\ kernel' = IF frame[t].core < CoreCount THEN kernel ELSE "damaged"
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, locked, handle,
                 alive, forged, stop>>

-----------------------------------------------------------------------------
\* A core that does not exist has something else where its lock would be.
Lock(t) ==
  LET c == IF frame[t].call = "scheduler_dp_thread_ipc" THEN TaskCore(t)
           ELSE frame[t].core
  IN  /\ At(t, "lock") /\ c \notin locked
      /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.pc = "unlock", !.core = c]]
      /\ locked' = IF c < CpuCount THEN locked \cup {c} ELSE locked
      /\ kernel' = IF c < CpuCount THEN kernel ELSE "damaged"
      /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, handle, alive,
                     forged, stop>>

Unlock(t) ==
  /\ At(t, "unlock")
  /\ Return(t)
  /\ locked' = locked \ {frame[t].core}
  /\ UNCHANGED <<mutex, priv, semp, list, taken, core, started, handle, alive,
                 kernel, forged, stop>>

-----------------------------------------------------------------------------
\* The attacker stores to a task, or to its pdata.
Forge(k, x) ==
  /\ stop = "-" /\ forged < MaxForgeries
  /\ forged' = forged + 1
  /\ IF x = "thread=theirs"
       THEN handle' = "theirs" /\ UNCHANGED priv
       ELSE /\ priv' = [priv EXCEPT ![k] = CASE x = "priv=NULL"   -> "NULL"
                                             [] x = "priv=kernel" -> "kernel"
                                             [] x = "priv=other"  -> "other"]
            /\ UNCHANGED handle
  /\ UNCHANGED <<frame, mutex, semp, list, taken, core, started, locked, alive,
                 kernel, stop>>

ForgeCore(k, c) ==
  /\ stop = "-" /\ forged < MaxForgeries
  /\ forged' = forged + 1
  /\ core' = [core EXCEPT ![k] = c]
  /\ UNCHANGED <<frame, mutex, priv, semp, list, taken, started, locked, handle,
                 alive, kernel, stop>>

Next ==
  \/ \E t \in Threads, call \in Calls, k \in Tasks : Call(t, call, k)
  \/ \E t \in Threads, c \in CoreArgs : CallTick(t, c)
  \/ \E t \in Threads, k \in Tasks, cmd \in Commands : CallIpc(t, k, cmd)
  \/ \E t \in Threads, c \in CoreArgs : CallPipeline(t, c)
  \/ \E t \in Threads : Verify(t)
  \/ \E t \in Threads : Make(t)
  \/ \E t \in Threads : Link(t)
  \/ \E t \in Threads : Find(t)
  \/ \E t \in Threads : Unlink(t)
  \/ \E t \in Threads : Dispose(t)
  \/ \E t \in Threads : Finish(t)
  \/ \E t \in Threads : Sync(t)
  \/ \E t \in Threads : Send(t)
  \/ \E t \in Threads : Lock(t)
  \/ \E t \in Threads : Unlock(t)
  \/ \E k \in Tasks, x \in Forgeries \ {"core"} : Forge(k, x)
  \/ \E k \in Tasks, c \in IF "core" \in Forgeries THEN CoreArgs ELSE {} : ForgeCore(k, c)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* OWN-12 IndexInRange: the lock, and the semaphore, that are taken are those
\* of a core, and a core is what a message is sent to.
IndexInRangeInv ==
  \A t \in Threads :
    /\ frame[t].pc = "unlock" => frame[t].core < CpuCount
    /\ frame[t].pc = "send" => frame[t].core < CoreCount
    /\ frame[t].pc = "lock" /\ frame[t].call = "scheduler_dp_thread_ipc" =>
         frame[t].core < CoreCount

\* ISO-2 KernelNeverTrustsUserPtr: no pointer, and no index, that lies in user
\* memory leads the kernel to write, or to free, an object that is not the
\* caller's.
KernelNeverTrustsUserPtrInv == kernel = "whole"

\* ISO-4 SingleFetch: the pointer that is used is the one that was verified.
SingleFetchInv ==
  \A t \in Threads : frame[t].used # "-" => frame[t].used = frame[t].seen

\* ISO-5 SyscallVerifyComplete: a core number that passes the verifier is one.
SyscallVerifyCompleteInv ==
  \A t \in Threads :
    frame[t].pc = "lock" /\ frame[t].call = "scheduler_dp_ll_tick" =>
      frame[t].core < CoreCount

\* ISO-10 UserCannotPanicKernel: the kernel does not fault, and goes on when a
\* user thread is killed.
UserCannotPanicKernelInv == stop = "-"

\* ISO-13 KernelObjectQuota: user space uses up no more semaphores than it is
\* allowed.
KernelObjectQuotaInv == Cardinality(taken) <= Quota

\* HEAP-14 NoLeakAfterTeardown: a semaphore that is allocated is in a record of
\* the list, or a call that will put it there, or free it, is under way.
NoLeakAfterTeardownInv ==
  taken = {list[i].sem : i \in 1..Len(list)}
            \cup {frame[t].sem : t \in {u \in Threads : frame[u].pc = "link"}}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTwoRecords == Len(list) = 2
ReachOops == \E t \in Threads : frame[t].pc = "dead"
ReachForgedWhileVerified ==
  forged > 0 /\ \E t \in Threads : frame[t].seen # "-"
ReachStarted == started = {} /\ \E t \in Threads : frame[t].pc = "unlock"
ReachSend == \E t \in Threads : frame[t].pc = "send"
ReachAnotherCore == \E k \in Tasks : core[k] # OwnCore
ReachWaiting ==
  \E t \in Threads : mutex \notin {"-", t} /\ frame[t].pc \in {"make", "find"}
=============================================================================
