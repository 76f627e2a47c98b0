----------------------------- MODULE KernelTrust -----------------------------
(***************************************************************************)
(* Every place where the kernel follows a word that user threads can       *)
(* write, with user threads that overwrite such a word between two steps   *)
(* of the kernel.                                                          *)
(*                                                                         *)
(* A word is one of seven addresses: what it ought to be ("own"), NULL,    *)
(* nothing at all ("unmapped"), or an object of the right type: one that   *)
(* belongs to somebody else in the kernel, one of another thread in user   *)
(* memory ("other"), a block there that was freed and is as its last owner *)
(* left it, or a forged one, in which everything is as an attacker likes.  *)
(* A step stands for the instructions between two moments at which a user  *)
(* thread on another core can get in between.                              *)
(*                                                                         *)
(* SOF 12dd726529, CONFIG_SOF_USERSPACE_LL: src/schedule/zephyr_domain.c,  *)
(* src/schedule/zephyr_ll.c, src/schedule/schedule.c,                      *)
(* src/schedule/zephyr_dp_schedule.c, src/ipc/ipc-common.c.                *)
(*                                                                         *)
(* One routine of the kernel runs at a time. What it does after it went    *)
(* astray is left out: see MCKernelTrust.                                  *)
(***************************************************************************)
EXTENDS TrustRoutines

-----------------------------------------------------------------------------
(* What a hostile thread of the LL domain does.                            *)
CanWrite(w) == ~(w \in DOMAIN Moved /\ Fixed(Moved[w]))

Overwrite(w, c) ==
  /\ stopped = "-" /\ writes > 0
  /\ CanWrite(w) /\ c \in Wrong(w) /\ word[w] # c
  /\ word' = [word EXCEPT ![w] = c]
  /\ trace' = Quiet
  /\ writes' = writes - 1
  /\ UNCHANGED <<count, linked, table, pdata, pc, arg, hit, sent, stopped,
                 exposed>>

\* Where tasks run it would end the LL thread, which is none of ours.
ClearCount ==
  /\ "free" \in Calls /\ "run" \notin Calls
  /\ stopped = "-" /\ writes > 0 /\ count # 0
  /\ count' = 0
  /\ trace' = Quiet
  /\ writes' = writes - 1
  /\ UNCHANGED <<word, linked, table, pdata, pc, arg, hit, sent, stopped,
                 exposed>>

Next ==
  \/ TickTest \/ TickGive
  \/ \E c \in TaskCalls : LoadScheduler(c)
  \/ \E c \in TaskCalls : CallScheduler(c)
  \/ \E c \in TaskCalls : Lock(c)
  \/ CheckData \/ Insert \/ Unlink \/ CountDown \/ MarkFreeing
  \/ RunTask \/ WaitForTask \/ LookAtSemaphore \/ FreeData
  \/ \E c \in TaskCalls : Release(c)
  \/ \E c \in TaskCalls : Unlock(c)
  \/ \E c \in TaskCalls \cup {"context"} : CallDomain(c)
  \/ AllocateData \/ StoreSemaphore \/ InitSemaphore \/ CallDp
  \/ StoreThread \/ RecordThread \/ LockDomain \/ UnlockDomain
  \/ PickSlot \/ Append
  \/ LockSlot \/ UnlockSlot \/ GrantAudio
  \/ ForwardStore \/ ForwardSet \/ ForwardTake \/ ForwardReply \/ SendWork
  \/ \E w \in Words, c \in Addresses : Overwrite(w, c)
  \/ ClearCount

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Did(calls, ops) == trace.by \in calls /\ trace.op \in ops
Known == trace.on \in {"-", "own"}

\* ISO-2 KernelNeverTrustsUserPtr, in the timer interrupt: the semaphore that
\* it gives is the LL thread's.
IsrTrustsNothingInv == Did({"tick"}, {"give"}) => Known

\* ISO-3 NoKernelCallThroughUserPtr, at an operation of a scheduler: a kernel
\* thread that schedules a task calls the scheduler, and nothing else.
SchedulerCallsKnownInv == Did(TaskCalls, {"call"}) => Known

\* ISO-3 NoKernelCallThroughUserPtr, in the table of the DP scheduler: a
\* kernel thread that schedules a DP task calls the DP scheduler.
DpCallsKnownInv == Did({"dp"}, {"call"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the LL lock: a kernel thread locks and
\* unlocks the scheduler's mutex.
LockTrustsNothingInv == Did(TaskCalls \cup {"sched"}, {"lock", "unlock"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the start of the IPC thread: the kernel
\* permits that thread the LL thread, and nobody anything else.
GrantTrustsNothingInv == Did({"start"}, {"grant"}) => trace.on # "kernel"

\* ISO-2 KernelNeverTrustsUserPtr, at the registration on a core: a kernel
\* thread that registers a scheduler on a secondary core appends it to the list
\* of that core.
RegisterTrustsNothingInv == Did({"register"}, {"append"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at a forwarded command: the event and the
\* semaphore are those of the IPC thread.
ForwardTrustsNothingInv == Did({"forward"}, {"set", "take"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the reply to the host: the kernel
\* writes the reply nowhere that the user thread cannot write itself.
ReplyTrustsNothingInv ==
  Did({"forward"}, {"copy"}) => Known \/ trace.on \in UserSide

\* ISO-3 NoKernelCallThroughUserPtr, at an operation of the LL domain: the
\* kernel calls the timer domain.
DomainCallsKnownInv == Did(Calls, {"domain"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, in the set-up of the LL thread: the kernel
\* works on the timer domain and its lock.
DomainTrustsNothingInv == Did({"context"}, {"store", "lock", "unlock"}) => Known

\* ISO-10 UserCannotPanicKernel, by the LL lock: a kernel thread that takes or
\* releases the lock asserts nothing about user memory.
OwnerAssertsNothingInv ==
  ~(stopped = "assert" /\ trace.by \in TaskCalls \cup {"sched"})

\* ISO-10 UserCannotPanicKernel, by the size of a reply: a reply that does not
\* fit into the mailbox is refused.
ReplyAssertsNothingInv == ~(stopped = "assert" /\ trace.by = "forward")

\* ISO-10 UserCannotPanicKernel, by the number of tasks: a count in user
\* memory is no reason to panic.
CountPanicsNobodyInv == stopped # "panic"

\* ISO-10 UserCannotPanicKernel, by a list without an end: no kernel thread
\* walks for ever.
WalkEndsInv == stopped # "hang"

\* ISO-2 KernelNeverTrustsUserPtr, in the list of LL tasks: what the kernel
\* links and unlinks are tasks of that list.
ListTrustsNothingInv == Did(TaskCalls, {"insert", "unlink"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the semaphore of a task: the kernel
\* initializes the semaphore that it allocated.
SemaphoreTrustsNothingInv == Did({"init"}, {"init"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the private data of a task: a kernel
\* thread that schedules or frees the task reads and writes the data that was
\* allocated for it.
DataTrustsNothingInv == Did(TaskCalls, {"load", "store"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the handle of a task's semaphore: the
\* kernel stores it in the private data that it allocated.
HandleTrustsNothingInv == Did({"init"}, {"store"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the semaphore of a task that is done: a
\* kernel thread that frees a task gives no semaphore but that of the task.
DoneTrustsNothingInv == Did({"free"}, {"give"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the wait for a task that runs: a kernel
\* thread that frees a task takes no semaphore but that of the task.
WaitTrustsNothingInv == Did({"free"}, {"take"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the end of a task: the private data that
\* a kernel thread frees is the one that was allocated.
FreeTrustsNothingInv == Did({"free"}, {"free"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, at the heap of the LL scheduler: what a
\* kernel thread frees goes back to the heap that it was allocated from.
HeapTrustsNothingInv == Did({"free"}, {"heap"}) => Known

\* ISO-2 KernelNeverTrustsUserPtr, in the table of LL threads: what only the
\* kernel can write holds only what the kernel allocated.
ThreadTableInv == table \in {"NULL", "own"}

\* ISO-2 KernelNeverTrustsUserPtr, in the IPC context: the command is stored
\* in the context of the IPC thread.
ContextTrustsNothingInv == Did({"forward"}, {"store"}) => Known

\* ISO-3 NoKernelCallThroughUserPtr, in the IPC context: the work queue runs
\* the handler that was put there.
WorkCallsKnownInv == Did({"send"}, {"call"}) => Known

\* MEM-4 KernelObjectHome: no work queue, and no thread in it, lies in memory
\* that user threads can write.
KernelObjectHomeInv == exposed = {}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachScheduled == "task" \in linked /\ pc = Idle
ReachFreed == Did({"free"}, {"unlock"}) /\ linked = {} /\ ~pdata.used
ReachAnswered == sent = "own"
ReachThread == table = "own" /\ Did({"context"}, {"unlock"})
ReachWaited == Did({"free"}, {"take"}) /\ trace.on = "own"
ReachAttacked == writes = 0 /\ trace.on = "own"
=============================================================================
