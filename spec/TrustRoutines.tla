--------------------------- MODULE TrustRoutines ----------------------------
(***************************************************************************)
(* The routines of the kernel that follow words in user memory, step for   *)
(* step beside the C code.                                                 *)
(***************************************************************************)
EXTENDS TrustWords

-----------------------------------------------------------------------------
(* zephyr_domain_timer_fn(), in the timer interrupt.                       *)
TickTest ==
  /\ Begin("tick")
  /\ Go(IF Value("handler") = "NULL" THEN Idle ELSE <<"tick", "give">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

TickGive ==
  /\ At("tick", "give")
  /\ Touch("tick", "give", Uses("sem"), Idle)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

-----------------------------------------------------------------------------
(* schedule_task() and schedule_task_free() in a kernel thread, as chain   *)
(* DMA calls them, down to zephyr_ll_task_schedule_common() and            *)
(* zephyr_ll_task_free() of a task that waits for its turn or has run.     *)
TaskCalls == {"schedule", "free"}

\* schedule_task_free() returns at once for a task without a scheduler.
LoadScheduler(c) ==
  /\ Begin(c) /\ (c = "free") = ("task" \in linked)
  /\ IF \/ c = "free" /\ Value("task.sch") = "NULL"
        \/ Fixed("O-24") /\ Value("task.sch") # "own"
       THEN Go(Idle)
       ELSE /\ pc' = <<c, "call">>
            /\ arg' = Value("task.sch")
            /\ trace' = Quiet
            /\ UNCHANGED <<hit, stopped>>
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* The operation gets sch->data, the scheduler's own structure, as an argument.
\* zephyr_ll_task_free() loads task->priv_data before it takes the lock, and
\* keeps it until its end.
CallScheduler(c) ==
  LET function == Through(IF arg = "own" THEN Uses("sch.ops") ELSE arg)
  IN  /\ At(c, "call")
      /\ InvokeAndLoad(c, "call", function, <<c, "lock">>, Uses("sch.data"))
      /\ pdata' = IF c = "free" /\ function = "own"
                    THEN [pdata EXCEPT !.local = Data] ELSE pdata
      /\ UNCHANGED <<word, count, linked, table, sent, exposed, writes>>

\* zephyr_ll_lock(): the handle, then who has the lock, for the assertion.
\* zephyr_ll_task_free() takes it a second time when the task is done. Another
\* structure leads to the mutex of somebody else, whoever made it.
Lock(c) ==
  LET sch == IF arg = "-" THEN "own" ELSE arg
      mutex == CASE sch = "own" -> Uses("lock")
                 [] sch \in Nowhere -> sch
                 [] OTHER -> "kernel"
  IN  /\ At(c, "lock")
      /\ Touch(c, "lock", mutex,
               <<c, IF c = "schedule" THEN "check"
                    ELSE IF "task" \notin linked THEN "look"
                    ELSE IF pdata.run THEN "mark" ELSE "unlink">>)
      /\ word' = IF Fixed("O-24") \/ mutex \in Nowhere THEN word
                 ELSE Put("owner", "own")
      /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

\* A task without private data, or with one that says that it is being freed,
\* is refused. A forged one says so.
CheckData ==
  /\ At("schedule", "check")
  /\ IF Data = "NULL"
       THEN Go(<<"schedule", "release">>)
       ELSE Touch("schedule", "load", Data,
                  <<"schedule", IF Data = "forged" THEN "release" ELSE "insert">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* The walk reads the priority of each task on the list. A forged one can
\* lead back to itself. Then list_item_append() writes to what comes before the
\* first one, the head of the list if the word is right.
Insert ==
  LET first == Value("tasks.next")
      prev == IF first = "own" THEN Value("first.prev") ELSE first
      Follows(c) == c = "kernel" => ~Fixed("R-82")
      links == first \in {"own", "other", "freed", "kernel"} /\ prev \notin Nowhere
               /\ Follows(first) /\ Follows(prev)
  IN  /\ At("schedule", "insert")
      /\ linked' = IF links \/ ~Fixed("R-82") THEN linked \cup {"task"} ELSE linked
      /\ count' = IF links THEN count + 1 ELSE count
      /\ word' = IF ~links THEN word
                 ELSE [w \in Words |-> CASE w = "task.next" -> first
                                         [] w = "task.prev" -> prev
                                         [] w = "first.prev" /\ first = "own" -> "own"
                                         [] OTHER -> word[w]]
      /\ IF Fixed("R-82")
           THEN Go(<<"schedule", "release">>)
         ELSE IF first = "forged"
           THEN Stop("schedule", "insert", first, "hang")
         ELSE Touch("schedule", "insert", IF first \in Nowhere THEN first ELSE prev,
                    <<"schedule", "release">>)
      /\ UNCHANGED <<table, pdata, sent, exposed, writes>>

\* zephyr_ll_task_done(), which loads task->priv_data once more: list_item_del()
\* writes to whatever comes next, and then to whatever comes before.
Unlink ==
  LET next == Value("task.next")
      prev == Value("task.prev")
      Writes(c) == IF Fixed("R-82") THEN c \in {"own"} \cup UserSide
                   ELSE c \notin Nowhere
      edits == Writes(next) /\ Writes(prev)
  IN  /\ At("free", "unlink")
      /\ word' = IF ~Writes(next) THEN word
                 ELSE [w \in Words |->
                         CASE w = "tasks.next" /\ prev = "own" -> next
                           [] w = "first.prev" /\ next = "own" -> prev
                           [] w \in {"task.next", "task.prev"} /\ edits -> "own"
                           [] OTHER -> word[w]]
      /\ IF Fixed("R-82")
           THEN /\ pc' = <<"free", IF edits THEN "count" ELSE "release">>
                /\ arg' = IF edits THEN Data ELSE "-"
                /\ trace' = Quiet
                /\ UNCHANGED <<hit, stopped>>
           ELSE TouchAndLoad("free", "unlink", IF next = "own" THEN prev ELSE next,
                             <<"free", "count">>, Data)
      /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

\* It gives the semaphore of a task that somebody waits for, before it counts
\* the task down. Nobody waits for this one, but a forged one says so, and leads
\* to whatever semaphore user space likes to have given.
CountDown ==
  /\ At("free", "count")
  /\ IF count = 0 /\ ~Fixed("R-81")
       THEN Stop("free", "panic", "-", "panic") /\ UNCHANGED <<linked, count>>
       ELSE /\ IF arg = "forged"
                 THEN Touch("free", "give", "kernel", <<"free", "domain">>)
                 ELSE Touch("free", "load", arg, <<"free", "domain">>)
            /\ linked' = linked \ {"task"}
            /\ count' = IF count = 0 \/ arg \in Nowhere THEN count ELSE count - 1
  /\ UNCHANGED <<word, table, pdata, sent, exposed, writes>>

MarkFreeing ==
  /\ At("free", "mark")
  /\ Touch("free", "store", pdata.local, <<"free", "release">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* The LL thread ran the task: from then on a free waits for it. A pointer to
\* private data that is not its own ends that thread, which is none of ours.
RunTask ==
  /\ Begin("run") /\ "task" \in linked /\ ~pdata.run
  /\ Value("task.priv_data") = "own"
  /\ Go(Idle)
  /\ pdata' = [pdata EXCEPT !.run = TRUE]
  /\ UNCHANGED <<word, count, linked, table, sent, exposed, writes>>

\* Meanwhile the LL thread takes the task off the list, and if it finds the
\* semaphore, gives it and counts the task down.
WaitForTask ==
  LET sem == CASE Fixed("R-84") -> "own"
               [] pdata.local = "own" -> Value("sem_p")
               [] OTHER -> "kernel"
  IN  /\ At("free", "wait")
      /\ Touch("free", "take", sem, <<"free", "lock">>)
      /\ linked' = linked \ {"task"}
      /\ count' = IF Value("task.priv_data") = "own" /\ Value("sem_p") = "own"
                    THEN count - 1 ELSE count
      /\ UNCHANGED <<word, table, pdata, sent, exposed, writes>>

\* zephyr_ll_task_sem_free(), in a kernel thread an ordinary function, looks
\* which semaphore the private data names.
LookAtSemaphore ==
  /\ At("free", "look")
  /\ Touch("free", "load", Data, <<"free", "free">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* sof_heap_free() marks the block as free in the word before it. The heap is
\* sch->heap if the block is in there, else that of the system. A forged heap
\* says of every block that it is in there, and one of somebody else that it is not.
FreeData ==
  LET heap == Uses("sch.heap")
      heldBy == IF heap \in {"NULL", "other", "freed"} THEN "kernel" ELSE heap
      done == heap # "unmapped"
  IN  /\ At("free", "free")
      /\ IF heap = "own"
           THEN Touch("free", "free", pdata.local, <<"free", "release">>)
           ELSE Touch("free", "heap", heldBy, <<"free", "release">>)
      /\ word' = Put("task.priv_data", "NULL")
      /\ pdata' = IF ~done THEN pdata
                  ELSE [used |-> pdata.used /\ pdata.local # "own",
                        run |-> pdata.run /\ pdata.local # "own", local |-> "-"]
      /\ UNCHANGED <<count, linked, table, sent, exposed, writes>>

\* zephyr_ll_unlock(), with CONFIG_ASSERT.
Release(c) ==
  /\ At(c, "release")
  /\ IF Value("owner") # "own" /\ ~Fixed("O-24")
       THEN Stop(c, "assert", "-", "assert")
       ELSE Go(<<c, "unlock">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* The routine goes on if it did what it took the lock for.
Unlock(c) ==
  LET next == CASE c = "schedule" /\ "task" \in linked -> <<c, "domain">>
                [] c = "free" /\ "task" \in linked /\ pdata.run -> <<c, "wait">>
                [] c = "free" /\ "task" \notin linked /\ pdata.local # "-" ->
                     <<c, "lock">>
                [] OTHER -> Idle
  IN  /\ At(c, "unlock")
      /\ Touch(c, "unlock", Uses("lock"), next)
      /\ pdata' = IF next = Idle /\ Uses("lock") \notin Nowhere
                    THEN [pdata EXCEPT !.local = "-"] ELSE pdata
      /\ UNCHANGED <<word, count, linked, table, sent, exposed, writes>>

\* user_ll_lock_sched() and user_ll_unlock_sched(), as a kernel thread of another
\* core calls them, with CONFIG_ASSERT: the handle is in zephyr_ll_locks[].
LockSlot ==
  LET mutex == Uses("locks")
  IN  /\ Begin("sched")
      /\ IF mutex = "NULL"
           THEN Stop("sched", "assert", "-", "assert")
           ELSE Touch("sched", "lock", mutex, <<"sched", "unlock">>)
      /\ word' = IF Fixed("O-24") \/ mutex \in Nowhere THEN word
                 ELSE Put("owner", "own")
      /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

UnlockSlot ==
  LET mutex == Uses("locks")
  IN  /\ At("sched", "unlock")
      /\ IF mutex = "NULL" \/ (Value("owner") # "own" /\ ~Fixed("O-24"))
           THEN Stop("sched", "assert", "-", "assert")
           ELSE Touch("sched", "unlock", mutex, Idle)
      /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* domain_register(), domain_unregister() or domain_thread_init().
CallDomain(c) ==
  /\ IF c = "context" THEN Begin(c) ELSE At(c, "domain")
  /\ Invoke(c, "domain", Through(Uses("domain.ops")),
            CASE c = "schedule" -> Idle
              [] c = "free" -> <<c, "mark">>
              [] c = "context" -> <<c, "thread">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* zephyr_ll_task_init(): refuses a task that has private data already, and
\* gives it some, which is all zeros.
AllocateData ==
  /\ Begin("init") /\ "task" \notin linked /\ ~pdata.used
  /\ IF Data # "NULL"
       THEN Go(Idle) /\ UNCHANGED <<word, pdata>>
       ELSE /\ Go(<<"init", "store">>)
            /\ word' = [w \in Words |-> CASE w = "task.priv_data" -> "own"
                                          [] w = "sem_p" -> "NULL"
                                          [] OTHER -> word[w]]
            /\ pdata' = [pdata EXCEPT !.used = TRUE]
  /\ UNCHANGED <<count, linked, table, sent, exposed, writes>>

\* zephyr_ll_task_sem_alloc() loads task->priv_data again and leaves the handle
\* there, and its caller in the kernel takes it from the data that it allocated.
StoreSemaphore ==
  /\ At("init", "store")
  /\ Touch("init", "store", Data, <<"init", "sem">>)
  /\ word' = IF Data = "own" THEN Put("sem_p", "own") ELSE word
  /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

InitSemaphore ==
  /\ At("init", "sem")
  /\ Touch("init", "init", Uses("sem_p"), Idle)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* schedule_task() of a DP task: its table of operations can be written.
CallDp ==
  /\ Begin("dp")
  /\ Invoke("dp", "call", Value("dp.schedule_task"), Idle)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

-----------------------------------------------------------------------------
(* zephyr_domain_thread_init(), for the LL thread of a core.               *)
StoreThread ==
  LET private == Uses("domain.priv_data")
      known == Value("ll_thread") # "NULL" /\ private = "own"
  IN  /\ At("context", "thread")
      /\ IF known
           THEN Go(Idle) /\ UNCHANGED word
           ELSE /\ Touch("context", "store", private, <<"context", "record">>)
                /\ word' = IF private = "own" THEN Put("ll_thread", "own") ELSE word
      /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

\* k_thread_create() and the kernel's own table take what dt->ll_thread says.
RecordThread ==
  LET thread == Uses("ll_thread")
  IN  /\ At("context", "record")
      /\ Touch("context", "create", thread, <<"context", "lock">>)
      /\ table' = IF thread \in Nowhere THEN table ELSE thread
      /\ UNCHANGED <<word, count, linked, pdata, sent, exposed, writes>>

LockDomain ==
  /\ At("context", "lock")
  /\ Touch("context", "lock", Uses("domain.lock"), <<"context", "unlock">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

UnlockDomain ==
  /\ At("context", "unlock")
  /\ Touch("context", "unlock", Uses("domain.lock"), Idle)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

-----------------------------------------------------------------------------
(* scheduler_register() on a secondary core, whose list exists.            *)
PickSlot ==
  /\ Begin("register") /\ "node" \notin linked
  /\ pc' = <<"register", "append">>
  /\ arg' = Value("u_slot")
  /\ trace' = Quiet
  /\ UNCHANGED <<word, count, linked, table, pdata, hit, sent, stopped,
                 exposed, writes>>

\* list_item_append() writes to the head's last item, and to the head.
Append ==
  LET to == IF arg = "own" THEN Value("u_prev") ELSE arg
  IN  /\ At("register", "append")
      /\ Touch("register", "append", to, Idle)
      /\ linked' = IF to \in Nowhere THEN linked ELSE linked \cup {"node"}
      /\ word' = IF arg = "own" /\ to \notin Nowhere THEN Put("u_prev", "own") ELSE word
      /\ UNCHANGED <<count, table, pdata, sent, exposed, writes>>

-----------------------------------------------------------------------------
(* ipc_user_forward_cmd(), and how its caller takes the reply.             *)
ForwardStore ==
  /\ Begin("forward")
  /\ Touch("forward", "store", Value("ipc_user_pdata"), <<"forward", "event">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* The thread that waits for the event answers at once.
ForwardSet ==
  LET event == Uses("event")
  IN  /\ At("forward", "event")
      /\ Touch("forward", "set", event, <<"forward", "take">>)
      /\ word' = IF event # "own" THEN word
                 ELSE [w \in Words |-> IF w \in {"tx_data", "tx_size"}
                                       THEN "own" ELSE word[w]]
      /\ UNCHANGED <<count, linked, table, pdata, sent, exposed, writes>>

ForwardTake ==
  /\ At("forward", "take")
  /\ Touch("forward", "take", Uses("ipc.sem"), <<"forward", "reply">>)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>

\* ipc_msg_send() copies comp_data, which user threads fill, to wherever
\* tx_data leads, unless that is comp_data or the size is too large; then
\* mailbox_dspbox_write() asserts that the reply fits, and sends it. So the
\* host gets the bytes of comp_data in any case. A user thread may have the
\* kernel write what it can write itself.
ForwardReply ==
  LET data == Value("tx_data")
      size == Value("tx_size")
  IN  /\ At("forward", "reply")
      /\ IF Fixed("O-24") /\ (size # "own" \/ data \notin {"own"} \cup UserSide)
           THEN Go(Idle) /\ UNCHANGED sent
         ELSE IF size # "own"
           THEN Stop("forward", "assert", "-", "assert") /\ UNCHANGED sent
         ELSE /\ Touch("forward", "copy", data, Idle)
              /\ sent' = IF data \in Nowhere THEN sent ELSE "own"
      /\ UNCHANGED <<word, count, linked, table, pdata, exposed, writes>>

\* ipc_user_init() when the IPC thread runs already: it may use the LL thread.
\* What is no kernel object, or no thread, is looked up in vain.
GrantAudio ==
  LET thread == Uses("ipc.thread")
      object == Uses("ipc.audio")
  IN  /\ Begin("start")
      /\ pc' = Idle /\ arg' = "-"
      /\ trace' = [by |-> "start", op |-> "grant",
                   on |-> IF object = "own" THEN thread ELSE object]
      /\ hit' = hit \cup (IF thread \in {"own", "kernel"} THEN {object} \cap {"kernel"}
                         ELSE {})
      /\ UNCHANGED <<word, count, linked, table, pdata, sent, stopped, exposed,
                     writes>>

\* The work queue that sends messages to the host runs ipc_work_handler().
SendWork ==
  /\ Begin("send")
  /\ Invoke("send", "call", Value("work.handler"), Idle)
  /\ UNCHANGED <<word, count, linked, table, pdata, sent, exposed, writes>>
=============================================================================
