---------------------------- MODULE MCKernelTrust ----------------------------
(***************************************************************************)
(* Bounds for KernelTrust. Each cfg beside this file is one claim.         *)
(***************************************************************************)
EXTENDS KernelTrust

LlCalls == {"tick", "schedule", "free", "init", "dp"}
LlWords == {"handler", "sem", "task.sch", "sch.ops", "dp.schedule_task", "lock",
            "owner", "tasks.next", "task.next", "task.priv_data", "sem_p",
            "sch.heap", "domain.ops"}

DataCalls == {"schedule", "run", "free", "init"}
DataWords == {"task.priv_data", "sem_p"}

IpcCalls == {"register", "context", "forward", "send"}
IpcWords == {"u_slot", "u_prev", "domain.ops", "domain.priv_data", "domain.lock",
             "ll_thread", "event", "ipc.sem", "tx_data", "tx_size",
             "ipc_user_pdata", "work.handler"}

MoreCalls == {"init", "schedule", "free", "sched", "start"}
MoreWords == {"sch.data", "locks", "first.prev", "task.prev", "ipc.thread",
              "ipc.audio", "task.priv_data", "sem_p"}

\* An attacker who prepares what a word leads to, and one who does not.
Prepared == {"NULL", "unmapped", "kernel", "forged"}
AsFound == {"other", "freed"}
Anything == Prepared \cup AsFound

\* Once the kernel worked on a foreign object nothing can be relied on, and
\* what follows says nothing more.
NotAstray == hit = {} /\ trace.on \in {"-", "own"}
=============================================================================
