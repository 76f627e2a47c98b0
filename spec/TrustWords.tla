----------------------------- MODULE TrustWords -----------------------------
(***************************************************************************)
(* The words in user memory that the kernel follows, the state of the      *)
(* kernel, and what it means that the kernel works on an object, or calls *)
(* a function, at an address that it loaded from such a word.              *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
  Variant,    \* the design: "MERGED" or "HARDENED"
  Fixes,      \* repairs of open defects, a subset of AllFixes
  Defects,    \* bugs put back: there are none here
  Calls,      \* the routines of the kernel that run
  Words,      \* the words that user threads overwrite
  Addresses,  \* what they overwrite words with
  Overwrites  \* how often they do

VARIABLES
  word,     \* word[w]: where a user-writable word leads to
  count,    \* n_tasks of the LL scheduler, in user memory too
  linked,   \* what is linked into a list: the task, the registry node
  table,    \* ll_thread_tid[]: the kernel's own record of the LL thread
  pdata,    \* the private data of the task: is it allocated, did the task run,
            \* and where does the local variable of zephyr_ll_task_free()
            \* lead, or "-"
  pc,       \* <<routine, next step>> of the kernel
  arg,      \* the pointer that the routine loaded a step ago, or "-"
  trace,    \* the last object that the kernel worked on: by whom, how, which
  hit,      \* foreign objects that the kernel wrote to
  sent,     \* whose bytes the host got: the reply's, or "-"
  stopped,  \* why the kernel stopped, or "-"
  exposed,  \* kernel objects in memory that user threads can write
  writes    \* how often user threads can still overwrite a word

vars == <<word, count, linked, table, pdata, pc, arg, trace, hit, sent,
          stopped, exposed, writes>>

AllFixes == {
  "O-24",   \* the kernel relies on no word that user space can write
  "R-80",   \* struct ipc is kernel memory
  "R-81",   \* a task count that cannot be is not a reason to panic
  "R-82",   \* lists in user memory are edited with the rights of user mode
  "R-83",   \* the thread table is filled with the handle that was allocated
  "R-84",   \* the task's semaphore is the one that was allocated
  "R-89"}   \* the task's private data is the one that was allocated
AllDefects == {}

AllCalls == {"tick", "schedule", "run", "free", "init", "dp", "register",
             "forward", "send", "context", "sched", "start"}

(* Three ways to repair: the kernel keeps the word for itself, and ignores *)
(* the one in user memory; or it compares the word with the one object     *)
(* that it may lead to; or the word moves to memory that user threads      *)
(* cannot write.                                                           *)
Kept == [w \in {"sem", "lock", "locks", "domain.ops", "domain.priv_data",
                "domain.lock", "event", "ipc.sem", "ipc.thread",
                "ipc.audio"} |-> "O-24"]
Local == [w \in {"ll_thread", "sem_p", "sch.heap"} |->
            CASE w = "ll_thread" -> "R-83"
              [] w = "sem_p" -> "R-84"
              [] w = "sch.heap" -> "R-89"]
Moved == [w \in {"sch.ops", "sch.data", "dp.schedule_task", "u_slot",
                 "u_prev", "ipc_user_pdata", "work.handler"} |->
            IF w \in {"ipc_user_pdata", "work.handler"} THEN "R-80" ELSE "O-24"]
Compared == {"task.sch", "tx_data", "tx_size"}
Numbers == {"owner", "tx_size"}
AllWords == DOMAIN Kept \cup DOMAIN Local \cup DOMAIN Moved \cup Compared
            \cup Numbers
            \cup {"handler", "tasks.next", "task.next", "first.prev", "task.prev",
                  "task.priv_data"}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes /\ Defects \subseteq AllDefects
  /\ Calls \subseteq AllCalls /\ Words \subseteq AllWords
  \* The LL thread follows these as a user thread, which is nobody's loss.
  /\ "run" \in Calls => {"first.prev", "task.prev"} \cap Words = {}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

Nowhere == {"NULL", "unmapped"}
UserSide == {"other", "freed", "forged"}
Foreign == {"kernel"} \cup UserSide
Class == {"own"} \cup Nowhere \cup Foreign
\* A number is right or wrong.
Wrong(w) == Addresses \cap (IF w \in Numbers THEN {"forged"} ELSE Nowhere \cup Foreign)

ASSUME AttackAssumption ==
  Addresses \subseteq Nowhere \cup Foreign /\ Overwrites \in Nat

\* There is no LL thread yet, and the task has no private data.
Unset == {"ll_thread", "task.priv_data", "sem_p"}

Idle == <<"-", "idle">>
Steps == {"idle", "give", "call", "lock", "check", "insert", "unlink", "count",
          "domain", "mark", "release", "unlock", "wait", "look", "free", "store",
          "sem", "append", "event", "take", "reply", "thread", "record"}
Quiet == [by |-> "-", op |-> "-", on |-> "-"]
Ops == {"-", "give", "call", "lock", "unlock", "insert", "unlink", "domain",
        "assert", "panic", "init", "append", "store", "set", "take", "copy",
        "create", "load", "free", "heap", "grant"}

TypeOK ==
  /\ word \in [Words -> Class]
  /\ count \in 0..3   \* a task that ends the LL thread stays counted
  /\ linked \subseteq {"task", "node"}
  /\ table \in Class
  /\ pdata \in [used : BOOLEAN, run : BOOLEAN, local : Class \cup {"-"}]
  /\ pc \in (Calls \cup {"-"}) \X Steps
  /\ arg \in Class \cup {"-"}
  /\ trace \in [by : Calls \cup {"-"}, op : Ops, on : Class \cup {"-"}]
  /\ hit \subseteq Foreign
  /\ sent \in {"-", "own"}
  /\ stopped \in {"-", "fault", "hijack", "assert", "panic", "hang"}
  /\ exposed \subseteq {"ipc_send_wq"}
  /\ writes \in 0..Overwrites

Init ==
  /\ word = [w \in Words |-> IF w \in Unset THEN "NULL" ELSE "own"]
  /\ count = 1   \* a task of a pipeline is always on the list
  /\ linked = {}
  /\ table = "NULL"
  /\ pdata = [used |-> FALSE, run |-> FALSE, local |-> "-"]
  /\ pc = Idle
  /\ arg = "-"
  /\ trace = Quiet
  /\ hit = {}
  /\ sent = "-"
  /\ stopped = "-"
  /\ exposed = IF Fixed("R-80") THEN {} ELSE {"ipc_send_wq"}
  /\ writes = Overwrites

-----------------------------------------------------------------------------
(* How the kernel uses a word.                                             *)
Value(w) == IF w \in Words THEN word[w] ELSE "own"
Uses(w) ==
  CASE w \in DOMAIN Kept /\ Fixed("O-24") -> "own"
    [] w \in DOMAIN Local /\ Fixed(Local[w]) -> "own"
    [] OTHER -> Value(w)
\* With its fix the kernel finds the private data of a task in its own record.
Data == IF ~Fixed("R-89") THEN Value("task.priv_data")
        ELSE IF pdata.used THEN "own" ELSE "NULL"
Put(w, c) == IF w \in Words THEN [word EXCEPT ![w] = c] ELSE word

Begin(c) == c \in Calls /\ pc = Idle /\ stopped = "-"
At(c, step) == c \in Calls /\ pc = <<c, step>> /\ stopped = "-"

Go(next) == /\ pc' = next /\ arg' = "-" /\ trace' = Quiet
            /\ UNCHANGED <<hit, stopped>>
Stop(c, op, on, why) == /\ pc' = Idle /\ arg' = "-"
                        /\ trace' = [by |-> c, op |-> op, on |-> on]
                        /\ stopped' = why
                        /\ UNCHANGED hit

\* The kernel works on the object at an address, whatever that is. It may
\* have loaded a pointer for its next step.
TouchAndLoad(c, op, on, next, loaded) ==
  IF on \in Nowhere
    THEN Stop(c, op, on, "fault")
    ELSE /\ pc' = next /\ arg' = loaded
         /\ trace' = [by |-> c, op |-> op, on |-> on]
         \* A mutex that nobody locked is not unlocked, and a block that is free
         \* is marked so already.
         /\ hit' = hit \cup (IF op \in {"unlock", "load"} \/ <<op, on>> = <<"free", "freed">>
                              THEN {} ELSE {on} \cap Foreign)
         /\ UNCHANGED stopped
Touch(c, op, on, next) == TouchAndLoad(c, op, on, next, "-")

\* The kernel calls a function. One of the kernel that was not meant writes
\* where its argument says; in user memory there is no code for the kernel.
InvokeAndLoad(c, op, function, next, loaded) ==
  CASE function \in Nowhere -> Stop(c, op, function, "fault")
    [] function \in UserSide -> Stop(c, op, function, "hijack")
    [] function = "own" -> TouchAndLoad(c, op, function, next, loaded)
    [] OTHER -> Touch(c, op, function, Idle)
Invoke(c, op, function, next) == InvokeAndLoad(c, op, function, next, "-")
\* A forged table holds whatever kernel function user space likes to have called,
\* and every other one a function that is not meant.
Through(ops) == IF ops \in Foreign THEN "kernel" ELSE ops
=============================================================================
