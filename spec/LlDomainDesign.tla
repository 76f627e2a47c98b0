--------------------------- MODULE LlDomainDesign ---------------------------
(***************************************************************************)
(* What the timer domain of the LL scheduler keeps in memory, where the    *)
(* designs differ, and who may take a step.                                *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Build,     \* "kernel", or "user": CONFIG_SOF_USERSPACE_LL
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back, a subset of AllDefects
  Clients,   \* the threads that schedule and free tasks
  Remote,    \* user build: the cores whose tasks "ipc0" handles
  Setups,    \* user build: who sets up the LL thread of which core
  CoreArgs,  \* user build: the numbers that are passed as cores
  Teardown,  \* user build: whether the scheduler of a core is freed
  Blocking,  \* whether a callback may wait, owning a lock of its own
  IsrCores,  \* the cores that the timer interrupt may come to
  MaxTasks,  \* tasks of a core
  TickLimit  \* the limit of a tick semaphore, 10 in the firmware

VARIABLES
  frame,     \* frame[t]: the next step of a thread, and its locals
  life,      \* life[c]: what became of the LL thread of core c
  n,         \* n[c]: zephyr_ll.n_tasks
  total,     \* ll_schedule_domain.total_num_tasks
  handler,   \* handler[c]: whether domain_thread[c].handler is set
  sem,       \* sem[c]: the tick semaphore
  timer,     \* the timer: "running" is in the kernel's queue of timeouts
  data,      \* whether the timer's user data is set
  dog,       \* dog[c]: whether the watchdog of core c runs
  llLock,    \* llLock[c]: who has the LL lock of core c
  domLock,   \* who has the lock of the domain
  own,       \* own[c]: whether the LL thread has taken a lock in a callback
  mutex,     \* mutex[c]: whether the LL lock exists, which is an object (user build)
  perm,      \* perm[c]: the user threads that may use the LL lock (user build)
  fault      \* why the firmware stopped, or "no"

AllFixes == {
  "O-16",    \* a task is counted in the domain before it is registered
  "O-19",    \* each core sets up its LL thread, and the IPC thread may use its lock
  "O-40",    \* a core is made known when its semaphore and thread are there
  "O-41",    \* the LL thread is created once and never aborted
  "O-42",    \* teardown ends the LL thread first, and the timer with the last one
  "O-43",    \* the thread of the task's core gets the permissions
  "R-100",   \* the domain is asked before the task is linked, under the lock, and if
             \* it refuses, so does schedule
  "R-131",   \* the timer callback has a lock against those who start and stop the timer
  "R-132",   \* the timer is initialized once
  "R-133",   \* a core has its watchdog as long as it is registered
  "R-134"}   \* the LL thread reads the handler once
AllDefects == {
  "B-27",    \* the LL lock stays with a thread that aborts itself
  "B-40",    \* the LL thread suspends itself instead of taking a semaphore
  "B-41",    \* one tick semaphore for all cores
  "B-42",    \* the counter is lowered after it was tested
  "B-43",    \* counter and handler are updated after the LL thread was aborted
  "B-44",    \* the timer callback does not stop a timer without user data
  "B-45",    \* nobody takes the lock of the domain
  "B-46",    \* the counter is tested outside of the lock
  "B-48",    \* a core stays registered when its last task completes
  \* seeded:
  "S-130"}   \* teardown waits for the end of a tick with the lock of the domain held

\* Bugs that the user build cannot have: there no thread aborts itself (B-27, B-43) or
\* tests the counter when it unregisters (B-42, B-46, B-48), and the tick semaphores are
\* made one by one, each with its LL thread (B-41).
OfKernelBuild == {"B-27", "B-41", "B-42", "B-43", "B-46", "B-48"}

ASSUME DesignAssumption ==
  /\ Build \in {"kernel", "user"}
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes /\ Defects \subseteq AllDefects
  /\ Build = "user" => Defects \cap OfKernelBuild = {}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects
Kernel == Build = "kernel"
User == Build = "user"

Cores == {0, 1}
Of(kind0, kind1, c) == IF c = 0 THEN kind0 ELSE kind1
LlThread(c) == Of("ll0", "ll1", c)
Isr(c) == Of("isr0", "isr1", c)
LlThreads == {"ll0", "ll1"}
Isrs == {Isr(c) : c \in IsrCores}
\* Kernel threads that set up and tear down, in the user build.
Starters == IF User THEN {"k0", "k1"} ELSE {}
Threads == Clients \cup LlThreads \cup {"isr0", "isr1"} \cup Starters
Core(t) == IF t \in {"ipc0", "ll0", "isr0", "k0"} THEN 0 ELSE 1
\* In the user build "ipc0" is the IPC thread; "ipc1" is a kernel thread.
InUserMode(t) == User /\ t \in LlThreads \cup {"ipc0"}

ASSUME BoundsAssumption ==
  /\ Clients \subseteq {"ipc0", "ipc1"}
  /\ Remote \subseteq Cores /\ IsrCores \subseteq Cores
  /\ Setups \subseteq {"k0", "k1"} \X Cores
  /\ CoreArgs \subseteq Nat
  /\ Teardown \in BOOLEAN /\ Blocking \in BOOLEAN
  /\ MaxTasks \in Nat /\ TickLimit \in Nat \ {0}

Idle == [pc |-> "idle", core |-> 0, left |-> 0, last |-> FALSE]
Frame == [
  pc : {"idle",
        "S1", "S6", "S7", "S7b", "S8", "P1", "P2", "P3", "P4", "P5", "P6", "P6b", "P7",
        "F1", "F5", "U1", "Q1", "Q2", "Q3", "Q3b", "Q4", "Q5",
        "I2", "I3", "I4", "I5", "I6",
        "L0", "L1", "L2", "R1", "R2", "R2d",
        "V1", "V2", "V3", "V4", "V5", "V6", "V8", "V9", "V9b", "V9c", "V9d", "G1",
        "X0", "X1", "X2", "X3", "X4", "X5", "X6"},
  core : Cores \cup CoreArgs,   \* the core that a call is about
  left : 0..MaxTasks,           \* num_tasks, the argument of unregister
  last : BOOLEAN]               \* whether unregister found no task on any core

TypeOK ==
  /\ frame \in [Threads -> Frame]
  /\ life \in [Cores -> {"none", "created", "alive", "aborted"}]
  /\ n \in [Cores -> 0..MaxTasks]
  /\ total \in Int
  /\ handler \in [Cores -> BOOLEAN]
  /\ sem \in [Cores -> [life : {"none", "raw", "live"}, count : 0..TickLimit]]
  /\ timer \in {"stopped", "running", "expiring"}
  /\ data \in BOOLEAN
  /\ dog \in [Cores -> BOOLEAN]
  /\ llLock \in [Cores -> Threads \cup {"none"}]
  /\ domLock \in Threads \cup {"none"}
  /\ own \in [Cores -> BOOLEAN]
  /\ mutex \in [Cores -> BOOLEAN]
  /\ perm \in [Cores -> SUBSET {"ipc0", "ll0", "ll1"}]
  /\ fault \in {"no", "null", "oops", "timer", "sem", "thread"}

Init ==
  /\ frame = [t \in Threads |-> Idle]
  /\ life = [c \in Cores |-> "none"]
  /\ n = [c \in Cores |-> 0]
  /\ total = 0
  /\ handler = [c \in Cores |-> FALSE]
  \* In the kernel build zephyr_domain_init() zeroes the semaphores.
  /\ sem = [c \in Cores |->
              [life |-> CASE User -> "none"
                          [] Fixed("O-40") \/ Broken("B-41") -> "live"
                          [] OTHER -> "raw",
               count |-> 0]]
  /\ timer = "stopped"
  /\ data = FALSE
  /\ dog = [c \in Cores |-> FALSE]
  /\ llLock = [c \in Cores |-> "none"]
  /\ domLock = "none"
  /\ own = [c \in Cores |-> FALSE]
  /\ mutex = [c \in Cores |-> User]
  \* user_ll_grant_access(), for the primary core only.
  /\ perm = [c \in Cores |->
               IF User /\ (c = 0 \/ Fixed("O-19")) THEN {"ipc0"} ELSE {}]
  /\ fault = "no"

vars == <<frame, life, n, total, handler, sem, timer, data, dog, llLock, domLock,
          own, mutex, perm, fault>>
counters == <<n, total>>
clock == <<timer, data, dog>>
locks == <<llLock, domLock, own>>
objects == <<mutex, perm>>
\* Everything but where the threads are.
memory == <<life, counters, handler, sem, clock, locks, objects, fault>>

-----------------------------------------------------------------------------
At(t, pc) == frame[t].pc = pc
\* The next step of a thread.
To(t, pc) ==
  frame' = [frame EXCEPT ![t] = IF pc = "idle" THEN Idle ELSE [@ EXCEPT !.pc = pc]]
Stop(why) == fault' = why

(* Who may take a step. Interrupts preempt threads of their core, unless   *)
(* one of these masks them: the LL lock of the kernel build and a spin lock*)
(* do. The LL thread of a core is cooperative and has the best priority:   *)
(* another thread of the core runs only while that waits, or masks it.     *)
Masks(t, c) == Kernel /\ Core(t) = c /\ t \in {llLock[c], domLock}
Masked(c) == Kernel /\ \E t \in {llLock[c], domLock} \ {"none"} : Core(t) = c

\* A thread that waits for a mutex is not ready; one that spins is.
Ready(c) ==
  LET t == LlThread(c) IN
  /\ life[c] = "alive"
  /\ CASE At(t, "L0") -> sem[IF Broken("B-41") THEN 0 ELSE c].count > 0
       [] At(t, "R2d") -> FALSE
       [] At(t, "R1") -> Kernel \/ llLock[c] = "none"
       [] At(t, "Q2") -> Kernel \/ domLock = "none"
       [] OTHER -> TRUE

Runs(t) ==
  /\ fault = "no"
  /\ At(Isr(Core(t)), "idle")
  /\ ~Masks(t, Core(t)) => ~Masked(Core(t)) /\ (t \notin LlThreads => ~Ready(Core(t)))
  /\ t \in LlThreads => life[Core(t)] = "alive"
=============================================================================
