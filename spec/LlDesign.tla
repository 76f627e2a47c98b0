------------------------------ MODULE LlDesign ------------------------------
(***************************************************************************)
(* What the models of the low-latency scheduler choose from: builds,       *)
(* designs, threads, and what the threads may do.                          *)
(*                                                                         *)
(* MERGED is SOF at 12dd726529: src/schedule/zephyr_ll.c and               *)
(* zephyr_domain.c. HARDENED has all repairs of AllFixes.                  *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Variant,      \* the design: "MERGED" or "HARDENED"
  Fixes,        \* repairs and proposals, a subset of AllFixes \cup Proposals
  Defects,      \* bugs put back, a subset of AllDefects
  Build,        \* "kernel", or "user" for CONFIG_SOF_USERSPACE_LL
  Dynamic,      \* CONFIG_DYNAMIC_OBJECTS: semaphores are objects with a record
  Discipline,   \* "UP_COOP": one CPU on core 0; "SMP": any ready thread steps
  Prepared,     \* user build: scheduler_init_context() was called at boot
  Tasks,        \* tasks of the scheduler of core 0
  Priority,     \* Priority[k]: lower runs first
  KernelTasks,  \* tasks that lie in kernel memory, for the user build
  Clients,      \* threads that call the scheduler, beside its own
  CoreOf,       \* CoreOf[t]: the core of a thread
  UserThreads,  \* threads in user mode
  May,          \* May[t]: the tasks on which t may call each operation
  MayLock,      \* clients that call user_ll_lock_sched()
  Results,      \* what callbacks return
  MayBlock,     \* {LL} if callbacks wait for something, else {}
  Impatient,    \* threads whose wait in free can time out
  InitOutcomes, \* how zephyr_ll_task_init() can end
  MaxInits,     \* how often each task can be initialized
  MaxCount,     \* nobody schedules while more tasks than these are counted,
                \* as bugs can count without end
  TickLimit     \* the limit of the tick semaphore, 10 in the source; 0: no tick
                \* comes before the LL thread waits for it

LL == "ll0"     \* the thread of the scheduler, on core 0
Home == "c0"
Threads == Clients \cup {LL}
Cores == {CoreOf[t] : t \in Threads}
None == "-"

AllFixes == {
  "O-03",    \* the list of those that ran belongs to the scheduler, and
             \* schedule looks for the task in it, too
  "O-05",    \* free fails, and leaves all as it was, if the callback still
             \* executes after the wait
  "O-08",    \* the scheduler knows whose callback executes; only for that
             \* one does free wait
  "O-13",    \* a task in kernel memory is refused in the user build
  "O-22",    \* free of the task whose callback is the caller is refused
  "O-36",    \* a task that is scheduled while its callback executes stays,
             \* even if the callback returns COMPLETED
  "O-40",    \* the thread and its semaphore are there before the handler is
             \* set; the semaphore is not initialized again
  "O-41",    \* the LL thread is created once and never aborted
  "O-51",    \* a reference that is on no list is ignored
  "R-100",   \* the domain is asked before the task is linked, under the lock,
             \* and if it refuses, so does schedule
  "R-101",   \* before and after set the state, as schedule does
  "R-102",   \* a task that is scheduled during a tick waits for the next one,
             \* at its place among all tasks
  "R-103"}   \* free looks at priv_data with the lock held, and leaves a task alone
             \* that is free, or being freed
Proposals == {
  "P-521",   \* 85212b5ea1: look at priv_data again after the callback
  "P-607",   \* a60704a0ec: after a timeout, free unlinks the task itself
  "P-900"}   \* 900b5c06b0: a task without pdata counts as cancelled
AllDefects == {
  "B-10",    \* one semaphore for all tasks
  "B-15",    \* user build: the lock is dropped around callbacks
  "B-20",    \* schedule ignores that the task was cancelled
  "B-21",    \* free takes a task that was never scheduled for linked
  "B-22",    \* cancel of a task that completed
  "B-23",    \* cancel of a task that was never scheduled
  "B-24",    \* the tick walks the main list with a cursor
  "B-25",    \* the tick moves all tasks to the temporary list before it runs any
  "B-26",    \* the semaphore is given after the task is unregistered
  "B-27",    \* a lock that outlives the thread that aborts itself
  "B-28",    \* any core may call
  "B-30",    \* the counter of tasks starts with what lies there
  "B-34",    \* priorities are unsigned
  "B-35",    \* first among equals instead of last
  "B-36",    \* cancel of a task that is not scheduled, which it unlinks
  "B-47",    \* cancel of a task that completed counts the domain down once more
  "B-49",    \* cancel guesses from the counter whether a last tick is needed
  \* seeded:
  "S-100",   \* an init that fails leaves a pointer to the pdata that it freed
  "S-101",   \* free forgets the record of the semaphore
  "S-102",   \* schedule refuses a task without dropping the lock
  "S-103",   \* the handler stays when the last task goes
  "S-104",   \* free waits with the lock held
  "S-105",   \* the tick does not move back those that ran
  "S-106",   \* the tick does not take the lock again after a callback
  "S-107",   \* schedule refuses a task that completed
  "S-108"}   \* register does not start the timer again

Operations == {"init", "schedule", "before", "after", "cancel", "free"}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes \cup Proposals
  /\ Defects \subseteq AllDefects
  /\ Build \in {"kernel", "user"} /\ Dynamic \in BOOLEAN /\ Prepared \in BOOLEAN
  /\ Discipline \in {"UP_COOP", "SMP"}
  /\ "R-102" \in Fixes => "O-03" \in Fixes
  /\ "B-49" \in Defects => Build = "kernel"
ASSUME BoundsAssumption ==
  /\ Tasks \subseteq {"a", "b", "c"} /\ KernelTasks \subseteq Tasks
  /\ Priority \in [Tasks -> Int]
  /\ Clients \subseteq {"ipc0", "ipcx0", "user0", "ipc1"} /\ CoreOf \in [Threads -> {Home, "c1"}] /\ CoreOf[LL] = Home
  /\ UserThreads \subseteq Threads /\ MayLock \subseteq Clients
  /\ MayBlock \subseteq {LL} /\ Impatient \subseteq Threads
  /\ May \in [Threads -> [Operations -> SUBSET Tasks]]
  \* with B-28 they would register another core, which has no scheduler here
  /\ \A t \in Threads : (Build = "kernel" /\ "B-28" \in Defects /\ CoreOf[t] # Home)
       => May[t].schedule \cup May[t].before \cup May[t].after = {}
  /\ Results \subseteq {"RESCHEDULE", "COMPLETED"}
  /\ InitOutcomes \subseteq {"ok", "no_pdata", "no_record", "no_sem"}
  /\ MaxInits \in 1..3 /\ MaxCount \in 1..9 /\ TickLimit \in 0..10

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Proposed(p) == p \in Fixes
Broken(d) == d \in Defects

\* Some repairs need to know whose callback executes.
KnowsCurrent == \E f \in {"O-05", "O-08", "O-22", "O-36", "R-102"} : Fixed(f)

\* Task memory that a thread cannot touch.
OutOfReach(t) == IF Build = "user" /\ t \in UserThreads THEN KernelTasks ELSE {}

\* The pdata of a task, one for each time that it is initialized. The heap never
\* hands out a freed block again, so that a use after free shows.
Generation(k, n) ==
  CASE k = "a" -> <<"a1", "a2", "a3">>[n]
    [] k = "b" -> <<"b1", "b2", "b3">>[n]
    [] k = "c" -> <<"c1", "c2", "c3">>[n]
PdataOf(k) == {Generation(k, n) : n \in 1..MaxInits}
Pdata == UNION {PdataOf(k) : k \in Tasks}

\* The priority as it is compared.
Rank(k) ==
  IF Broken("B-34") /\ Priority[k] < 0 THEN Priority[k] + 65536 ELSE Priority[k]
Precedes(k, other) ==
  IF Broken("B-35") THEN Rank(k) <= Rank(other) ELSE Rank(k) < Rank(other)
=============================================================================
