---------------------------- MODULE KernelObjects ----------------------------
(***************************************************************************)
(* Who may use which kernel object, from boot to the end of a task: the    *)
(* mutexes, semaphores and the timer of the LL scheduler, which are        *)
(* allocated at run time, their permissions, and the memory domain of the  *)
(* LL threads.                                                             *)
(*                                                                         *)
(* A kernel object that is allocated at run time is permitted to whoever   *)
(* allocated it and to whom it is granted. A thread that ends loses its    *)
(* permissions, and an object that nobody has a permission on is disposed  *)
(* of. User memory holds handles.                                          *)
(*                                                                         *)
(* SOF 12dd726529, CONFIG_SOF_USERSPACE_LL with CONFIG_DYNAMIC_OBJECTS:    *)
(* src/schedule/zephyr_domain.c, src/schedule/zephyr_ll.c,                 *)
(* src/ipc/ipc-common.c, src/include/sof/schedule/ll_schedule_domain.h.    *)
(*                                                                         *)
(* One task on core 0, the only one of its scheduler. Each call is one     *)
(* step; only to free a task that ran takes two, as it waits for the LL    *)
(* thread.                                                                 *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
  Variant,  \* the design: "MERGED" or "HARDENED"
  Fixes,    \* repairs of open defects, a subset of AllFixes
  Defects   \* bugs put back, a subset of AllDefects

VARIABLES
  object,   \* object[o]: what the stored handle of o leads to
  perm,     \* perm[o]: the threads that may use o
  life,     \* life[t]: what became of thread t
  members,  \* the threads in the memory domain of the LL threads
  boot,     \* the next step of the boot thread
  task,     \* the state of the task
  given,    \* whether the task's semaphore was given
  result    \* what the last call did: by whom, what, on which object

vars == <<object, perm, life, members, boot, task, given, result>>

AllFixes == {
  "R-85"}   \* the IPC thread gets the mutex of the domain
AllDefects == {
  "B-07",   \* user code reads the CPU id itself
  "B-08",   \* the LL thread does not get the task's semaphore
  "B-09",   \* the task's semaphore lies in user memory
  "B-14",   \* whoever schedules the first task starts the timer
  "B-16",   \* the boot thread allocates the tick semaphores of all cores
  "S-80"}   \* seeded: an LL thread is started before it joins its domain

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes /\ Defects \subseteq AllDefects

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

Cores == {0, 1}
LlThread(c) == IF c = 0 THEN "ll0" ELSE "ll1"
Tick(c) == IF c = 0 THEN "tick0" ELSE "tick1"
\* The thread that sets up the LL thread of a core.
Starter(c) == IF c = 0 THEN "boot" ELSE "core1"

UserThreads == {"ipc", "ll0", "ll1"}
Threads == {"boot", "core1"} \cup UserThreads
Objects == {"domain", "timer", "lock", "tick0", "tick1", "sem"}
Nothing == [by |-> "-", what |-> "-", on |-> "-"]

TypeOK ==
  /\ object \in [Objects -> {"none", "live", "gone", "user"}]
  /\ perm \in [Objects -> SUBSET Threads]
  /\ life \in [Threads -> {"none", "created", "running", "ended"}]
  /\ members \subseteq UserThreads
  /\ boot \in {"domain", "scheduler", "ipc", "context", "end", "ended"}
  /\ task \in {"none", "init", "queued", "ran", "freeing", "done", "free"}
  /\ given \in BOOLEAN
  /\ result \in [by : Threads \cup {"-"}, on : Objects \cup {"-"},
                 what : {"-", "done", "oops", "privileged", "protection", "timeout"}]

Init ==
  /\ object = [o \in Objects |-> "none"]
  /\ perm = [o \in Objects |-> {}]
  /\ life = [t \in Threads |-> IF t \in UserThreads THEN "none" ELSE "running"]
  /\ members = {}
  /\ boot = "domain"
  /\ task = "none"
  /\ given = FALSE
  /\ result = Nothing

-----------------------------------------------------------------------------
Done(t) == result' = [by |-> t, what |-> "done", on |-> "-"]

\* k_object_alloc() by a thread.
Alloc(t, set) ==
  /\ object' = [o \in Objects |-> IF o \in set THEN "live" ELSE object[o]]
  /\ perm' = [o \in Objects |-> IF o \in set THEN {t} ELSE perm[o]]

\* A thread ends: its permissions go, and with the last one the object.
End(t) ==
  /\ life' = [life EXCEPT ![t] = "ended"]
  /\ members' = members \ {t}
  /\ perm' = [o \in Objects |-> perm[o] \ {t}]
  /\ object' = [o \in Objects |->
                  IF perm[o] = {t} /\ object[o] = "live" THEN "gone" ELSE object[o]]

\* A user thread is killed in the middle of a call, which got that far.
Kill(t, what, o, reached) ==
  /\ End(t)
  /\ result' = [by |-> t, what |-> what, on |-> o]
  /\ task' = reached
  /\ UNCHANGED <<boot, given>>

\* The objects that a user thread may not use; a system call on one kills it.
Forbidden(t, set) == {o \in set : ~(t \in perm[o] /\ object[o] = "live")}

-----------------------------------------------------------------------------
(* The boot thread, one step after the other.                              *)

\* domain_init() and zephyr_domain_init()
InitDomain ==
  /\ boot = "domain"
  /\ Alloc("boot", {"domain", "timer"}
                   \cup (IF Broken("B-16") THEN {"tick0", "tick1"} ELSE {}))
  /\ boot' = "scheduler"
  /\ Done("boot")
  /\ UNCHANGED <<life, members, task, given>>

\* zephyr_ll_scheduler_init()
InitScheduler ==
  /\ boot = "scheduler"
  /\ Alloc("boot", {"lock"})
  /\ boot' = "ipc"
  /\ Done("boot")
  /\ UNCHANGED <<life, members, task, given>>

\* ipc_user_init_thread() and user_ll_grant_access()
InitIpc ==
  /\ boot = "ipc"
  /\ life' = [life EXCEPT !["ipc"] = "running"]
  /\ members' = members \cup {"ipc"}
  /\ perm' = [o \in Objects |->
                IF o = "lock" \/ (o = "domain" /\ Fixed("R-85"))
                  THEN perm[o] \cup {"ipc"} ELSE perm[o]]
  /\ boot' = "context"
  /\ Done("boot")
  /\ UNCHANGED <<object, task, given>>

\* main() returns.
EndBoot ==
  /\ boot = "end"
  /\ End("boot")
  /\ boot' = "ended"
  /\ Done("boot")
  /\ UNCHANGED <<task, given>>

(* zephyr_domain_thread_init(), by the boot thread for core 0 and by the   *)
(* start-up code of the other core.                                        *)
CreateThread(c) ==
  LET t == LlThread(c)
      starter == Starter(c)
      own == IF Broken("B-16") THEN {} ELSE {Tick(c)}
      granted == {o \in {Tick(c), "domain", "timer"} : o \in own \/ object[o] = "live"}
  IN  /\ life[t] = "none"
      /\ IF c = 0 THEN boot = "context" ELSE boot \in {"end", "ended"}
      /\ object' = [o \in Objects |-> IF o \in own THEN "live" ELSE object[o]]
      /\ perm' = [o \in Objects |->
                    (IF o \in own THEN {starter} ELSE perm[o])
                    \cup (IF o \in granted \/ (o = "lock" /\ c = 0) THEN {t} ELSE {})]
      /\ life' = [life EXCEPT ![t] = "created"]
      /\ Done(starter)
      /\ UNCHANGED <<members, boot, task, given>>

JoinDomain(c) ==
  /\ life[LlThread(c)] = (IF Broken("S-80") THEN "running" ELSE "created")
  /\ LlThread(c) \notin members
  /\ members' = members \cup {LlThread(c)}
  /\ boot' = IF c = 0 /\ Broken("S-80") THEN "end" ELSE boot
  /\ Done(Starter(c))
  /\ UNCHANGED <<object, perm, life, task, given>>

StartThread(c) ==
  /\ life[LlThread(c)] = "created"
  /\ Broken("S-80") \/ LlThread(c) \in members
  /\ life' = [life EXCEPT ![LlThread(c)] = "running"]
  /\ boot' = IF c = 0 /\ ~Broken("S-80") THEN "end" ELSE boot
  /\ Done(Starter(c))
  /\ UNCHANGED <<object, perm, members, task, given>>

-----------------------------------------------------------------------------
(* The IPC thread, in user mode, when commands come.                       *)
Commands == life["ipc"] = "running" /\ boot \in {"end", "ended"}

\* zephyr_ll_task_init() with zephyr_ll_task_sem_alloc()
InitTask ==
  /\ Commands /\ task = "none"
  /\ object' = [object EXCEPT !["sem"] = IF Broken("B-09") THEN "user" ELSE "live"]
  /\ perm' = [perm EXCEPT !["sem"] =
                IF Broken("B-09") THEN {}
                ELSE {"ipc"} \cup (IF Broken("B-08") \/ life["ll0"] = "ended"
                                   THEN {} ELSE {"ll0"})]
  /\ task' = "init"
  /\ given' = FALSE
  /\ Done("ipc")
  /\ UNCHANGED <<life, members, boot>>

\* zephyr_ll_task_schedule()
ScheduleTask ==
  LET no == Forbidden("ipc", {"lock"})
  IN  /\ Commands /\ task = "init"
      /\ IF no # {} THEN Kill("ipc", "oops", "lock", task)
         \* The first task starts the timer, under a spin lock.
         ELSE IF Broken("B-14") THEN Kill("ipc", "privileged", "-", "queued")
         ELSE /\ task' = "queued"
              /\ Done("ipc")
              /\ UNCHANGED <<object, perm, life, members, boot, given>>

\* schedule_task() of a DP task, which looks on which core it runs.
ScheduleDp ==
  /\ Commands
  /\ IF Broken("B-07") THEN Kill("ipc", "privileged", "-", task)
     ELSE Done("ipc") /\ UNCHANGED <<object, perm, life, members, boot, task, given>>

\* zephyr_ll_task_sem_free(), and the task is forgotten.
Forget(what) ==
  /\ object' = [object EXCEPT !["sem"] = "none"]
  /\ perm' = [perm EXCEPT !["sem"] = {}]
  /\ task' = "none"
  /\ given' = FALSE
  /\ result' = [by |-> "ipc", what |-> what, on |-> "-"]
  /\ UNCHANGED <<life, members, boot>>

\* zephyr_ll_task_free(): whoever takes the last task off the list locks the
\* domain. A task that ran must be taken off by the LL thread.
FreeTask ==
  LET uses == IF task = "queued" THEN {"lock", "domain"} ELSE {"lock"}
      no == Forbidden("ipc", uses)
  IN  /\ Commands /\ task \in {"init", "queued", "ran"}
      /\ IF no # {}
           THEN IF "lock" \in no THEN Kill("ipc", "oops", "lock", task)
                ELSE Kill("ipc", "oops", "domain", "free")
         ELSE IF task = "ran"
           THEN /\ task' = "freeing"
                /\ Done("ipc")
                /\ UNCHANGED <<object, perm, life, members, boot, given>>
         ELSE Forget("done")

\* k_sem_take() with a time-out, whose result nobody looks at.
EndFree ==
  /\ Commands /\ task = "done"
  /\ IF Broken("B-09") THEN Forget("timeout")
     ELSE IF Forbidden("ipc", {"sem"}) # {} THEN Kill("ipc", "oops", "sem", task)
     ELSE Forget(IF given THEN "done" ELSE "timeout")

-----------------------------------------------------------------------------
(* zephyr_ll_run() by the LL thread of core 0, when the timer gave the     *)
(* semaphore of the tick.                                                  *)
Run ==
  LET done == task = "freeing"
      uses == {"tick0", "lock"}
              \cup (IF done /\ ~Broken("B-09") THEN {"sem"} ELSE {})
              \cup (IF done THEN {"domain"} ELSE {})
      no == Forbidden("ll0", uses)
  IN  /\ life["ll0"] = "running"
      /\ IF "ll0" \notin members THEN Kill("ll0", "protection", "-", task)
         ELSE IF "tick0" \in no THEN Kill("ll0", "oops", "tick0", task)
         ELSE IF "lock" \in no THEN Kill("ll0", "oops", "lock", task)
         ELSE IF "sem" \in no THEN Kill("ll0", "oops", "sem", "done")
         ELSE IF "domain" \in no THEN Kill("ll0", "oops", "domain", "done")
         ELSE /\ task' = CASE task = "queued" -> "ran"
                           [] done -> "done"
                           [] OTHER -> task
              /\ given' = (given \/ (done /\ ~Broken("B-09")))
              /\ Done("ll0")
              /\ UNCHANGED <<object, perm, life, members, boot>>

Next ==
  \/ InitDomain \/ InitScheduler \/ InitIpc \/ EndBoot
  \/ \E c \in Cores : CreateThread(c)
  \/ \E c \in Cores : JoinDomain(c)
  \/ \E c \in Cores : StartThread(c)
  \/ InitTask \/ ScheduleTask \/ ScheduleDp \/ FreeTask \/ EndFree
  \/ Run

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* ISO-9 PermBeforeUse, in the LL thread: the LL thread may use every object
\* that it comes to in a tick.
LlThreadPermittedInv == ~(result.what = "oops" /\ result.by = "ll0")

\* ISO-9 PermBeforeUse, in the IPC thread: the IPC thread may use every object
\* that it comes to in a command.
IpcThreadPermittedInv == ~(result.what = "oops" /\ result.by = "ipc")

\* ISO-12 NoPrivilegedInUser: no user thread comes to an instruction or a
\* function that is for the kernel.
NoPrivilegedInUserInv == result.what # "privileged"

\* ISO-14 HandleLive: a handle that is stored for use leads to an object.
HandleLiveInv == \A o \in Objects : object[o] # "gone"

\* ISO-11 DomainMembership, of the threads of the LL domain: a user thread that
\* runs is in its domain.
DomainMembershipInv == \A t \in UserThreads : life[t] = "running" => t \in members

\* MEM-4 KernelObjectHome, of a task's semaphore: user memory holds handles,
\* and no kernel object.
SemaphoreHomeInv == object["sem"] # "user"

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachQueued == task = "queued" /\ life["boot"] = "ended"
ReachFreedAfterRun == task = "done" /\ given
ReachTwoThreads == {"ll0", "ll1"} \subseteq members
=============================================================================
