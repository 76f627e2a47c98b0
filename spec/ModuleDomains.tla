--------------------------- MODULE ModuleDomains ----------------------------
(***************************************************************************)
(* The memory domains of modules whose DP threads run in user mode, from   *)
(* their creation to their deletion.                                       *)
(*                                                                         *)
(* The structure of a domain is taken from a pool and goes back there: its *)
(* next owner finds in it what the last one left. A task is initialized    *)
(* and freed by the IPC thread, step by step, while the threads of other   *)
(* modules run. A thread that touches what is not mapped is killed.        *)
(*                                                                         *)
(* SOF 12dd726529, CONFIG_SOF_USERSPACE_APPLICATION:                       *)
(* src/schedule/zephyr_dp_schedule_application.c,                          *)
(* src/schedule/zephyr_dp_schedule.c, src/lib/objpool.c,                   *)
(* zephyr/lib/fast-get.c. Zephyr's rules are those of k_mem_domain_init()  *)
(* and k_mem_domain_deinit(), which refuses while a thread is a member.    *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Variant,    \* the design: "MERGED" or "HARDENED"
  Fixes,      \* repairs of open defects: there are none here
  Defects,    \* bugs put back, a subset of AllDefects
  Modules,    \* the modules
  PageTables  \* how many domains there can be at a time

VARIABLES
  pool,    \* dp_mdom_head: all structures of all sets, taken or not
  mdom,    \* mdom[m]: which of them the task of a module has, or 0
  thread,  \* thread[m]: what became of the module's thread
  holds,   \* holds[m]: whether the module has a large shared copy
  result   \* what was done last: by whom, what, to which memory

vars == <<pool, mdom, thread, holds, result>>

AllFixes == {}
AllDefects == {
  "B-58",   \* a domain goes back to the pool as it is
  "S-81",   \* seeded: the domain is deleted before the thread is aborted
  "S-82"}   \* seeded: the thread is started before it joins the domain

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes /\ Defects \subseteq AllDefects
ASSUME BoundsAssumption == PageTables \in Nat

Broken(d) == d \in Defects

Mailbox == <<"mailbox", "host">>
Heap(m) == <<"heap", m>>
Copy(m) == <<"copy", m>>
Regions == {Mailbox} \cup {Heap(m) : m \in Modules} \cup {Copy(m) : m \in Modules}
\* What the domain of a module is meant to map.
Own(m) == {Mailbox, Heap(m)} \cup (IF holds[m] THEN {Copy(m)} ELSE {})

Unused == [taken |-> FALSE, tables |-> FALSE, parts |-> {}, members |-> {}]

TypeOK ==
  /\ \A i \in DOMAIN pool :
       pool[i] \in [taken : BOOLEAN, tables : BOOLEAN,
                    parts : SUBSET Regions, members : SUBSET Modules]
  /\ mdom \in [Modules -> 0..Len(pool)]
  /\ thread \in [Modules -> {"none", "created", "running", "ended"}]
  /\ holds \in [Modules -> BOOLEAN]
  /\ result \in [by : Modules \cup {"-"},
                 what : {"-", "done", "failed", "touched", "fault"},
                 on : Regions \cup {<<"-", "-">>}]

Init ==
  /\ pool = <<>>
  /\ mdom = [m \in Modules |-> 0]
  /\ thread = [m \in Modules |-> "none"]
  /\ holds = [m \in Modules |-> FALSE]
  /\ result = [by |-> "-", what |-> "-", on |-> <<"-", "-">>]

-----------------------------------------------------------------------------
Did(m, what, on) == result' = [by |-> m, what |-> what, on |-> on]
Done(m) == Did(m, "done", <<"-", "-">>)
Failed(m) == Did(m, "failed", <<"-", "-">>)

\* The first structure that is free; without one, a set of 2, 4, 8... is added.
Untaken(p) == {i \in DOMAIN p : ~p[i].taken}
Room == IF Untaken(pool) # {} THEN pool
        ELSE pool \o [i \in 1..(Len(pool) + 2) |-> Unused]
Slot == CHOOSE i \in Untaken(Room) : \A j \in Untaken(Room) : i <= j

TablesLeft == Cardinality({i \in DOMAIN pool : pool[i].tables}) < PageTables

\* A thread ends: it leaves its domain. Its task is freed after that.
Leave(p, m) == [i \in DOMAIN p |-> [p[i] EXCEPT !.members = @ \ {m}]]
End(m) ==
  /\ thread' = [thread EXCEPT ![m] = IF mdom[m] = 0 THEN "none" ELSE "ended"]
  /\ pool' = Leave(pool, m)
  /\ UNCHANGED <<mdom, holds>>

-----------------------------------------------------------------------------
(* scheduler_dp_task_init(): a thread, and a domain for it. A structure    *)
(* with page tables counts as one that is initialized.                     *)
TakeDomain(m) ==
  /\ thread[m] = "none" /\ mdom[m] = 0
  /\ IF Room[Slot].tables \/ TablesLeft
       THEN /\ pool' = [Room EXCEPT ![Slot] =
                          [(IF @.tables THEN @ ELSE Unused)
                             EXCEPT !.taken = TRUE, !.tables = TRUE]]
            /\ mdom' = [mdom EXCEPT ![m] = Slot]
            /\ thread' = [thread EXCEPT ![m] = "created"]
            /\ Done(m)
       ELSE /\ pool' = Room
            /\ Failed(m)
            /\ UNCHANGED <<mdom, thread>>
  /\ UNCHANGED holds

IsFilled(m) == Heap(m) \in pool[mdom[m]].parts

AddPartitions(m) ==
  /\ thread[m] = "created" /\ ~IsFilled(m)
  /\ pool' = [pool EXCEPT ![mdom[m]].parts = @ \cup {Mailbox, Heap(m)}]
  /\ Done(m)
  /\ UNCHANGED <<mdom, thread, holds>>

IsMember(m) == mdom[m] # 0 /\ m \in pool[mdom[m]].members

AddThread(m) ==
  /\ thread[m] = (IF Broken("S-82") THEN "running" ELSE "created")
  /\ mdom[m] # 0 /\ IsFilled(m) /\ ~IsMember(m)
  /\ pool' = [pool EXCEPT ![mdom[m]].members = @ \cup {m}]
  /\ Done(m)
  /\ UNCHANGED <<mdom, thread, holds>>

StartThread(m) ==
  /\ thread[m] = "created"
  /\ IF Broken("S-82") THEN IsFilled(m) ELSE IsMember(m)
  /\ thread' = [thread EXCEPT ![m] = "running"]
  /\ Done(m)
  /\ UNCHANGED <<pool, mdom, holds>>

-----------------------------------------------------------------------------
(* The module runs.                                                        *)

\* What is mapped for a thread.
Mapped(m) == UNION {pool[i].parts : i \in {j \in DOMAIN pool : m \in pool[j].members}}

Touch(m, r) ==
  /\ thread[m] = "running"
  /\ IF r \in Mapped(m)
       THEN Did(m, "touched", r) /\ UNCHANGED <<pool, mdom, thread, holds>>
       ELSE Did(m, "fault", r) /\ End(m)

\* fast_get() of a large object that no other module has: the page of the copy
\* is added to the domain of the caller, unless it is mapped there already.
GetCopy(m) ==
  /\ thread[m] = "running" /\ IsMember(m) /\ ~holds[m]
  /\ IF Copy(m) \in pool[mdom[m]].parts
       THEN Failed(m) /\ UNCHANGED <<pool, holds>>
       ELSE /\ pool' = [pool EXCEPT ![mdom[m]].parts = @ \cup {Copy(m)}]
            /\ holds' = [holds EXCEPT ![m] = TRUE]
            /\ Done(m)
  /\ UNCHANGED <<mdom, thread>>

-----------------------------------------------------------------------------
(* scheduler_dp_task_free(): the thread is aborted, which waits until it   *)
(* runs nowhere, and then scheduler_dp_domain_free(). Each removes what it *)
(* added; whatever else is in the domain is removed by force.              *)
AbortThread(m) ==
  /\ thread[m] = "running"
  /\ Broken("S-81") => mdom[m] = 0
  /\ End(m)
  /\ Done(m)

FreeDomain(m) ==
  LET domain == pool[mdom[m]]
      left == IF Broken("B-58") THEN domain.parts \ {Mailbox, Heap(m)} ELSE {}
      deleted == ~Broken("B-58") /\ domain.members = {}
  IN  /\ mdom[m] # 0
      /\ thread[m] \in {"ended"} \cup (IF Broken("S-81") THEN {"running"} ELSE {})
      /\ pool' = [pool EXCEPT ![mdom[m]] =
                    [@ EXCEPT !.taken = FALSE, !.tables = ~deleted, !.parts = left]]
      /\ mdom' = [mdom EXCEPT ![m] = 0]
      /\ thread' = [thread EXCEPT ![m] = IF @ = "ended" THEN "none" ELSE @]
      /\ holds' = [holds EXCEPT ![m] = FALSE]
      /\ Done(m)

Next ==
  \/ \E m \in Modules : TakeDomain(m)
  \/ \E m \in Modules : AddPartitions(m)
  \/ \E m \in Modules : AddThread(m)
  \/ \E m \in Modules : StartThread(m)
  \/ \E m \in Modules, r \in Regions : Touch(m, r)
  \/ \E m \in Modules : GetCopy(m)
  \/ \E m \in Modules : AbortThread(m)
  \/ \E m \in Modules : FreeDomain(m)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* ISO-11 DomainMembership, of a thread: the thread of a module is a member
\* of the module's domain while it runs.
RunsInDomainInv == \A m \in Modules : thread[m] = "running" => IsMember(m)

\* ISO-11 DomainMembership, at the end of a domain: a domain that is deleted
\* has no member.
DeletedEmptyInv == \A i \in DOMAIN pool : ~pool[i].taken => pool[i].members = {}

\* ISO-11 DomainMembership, of a new domain: the domain of a module maps only
\* what it is meant to: the mailbox, the heap of the module, and the copy that
\* the module holds.
NewDomainInv == \A m \in Modules : mdom[m] # 0 => pool[mdom[m]].parts \subseteq Own(m)

\* ISO-1 UserNeverTouchesKernel: the thread of a module touches no memory but
\* its module's.
UserNeverTouchesKernelInv ==
  result.what = "touched" => result.on \in Own(result.by)

\* HEAP-14 NoLeakAfterTeardown, of page tables: without modules there are none.
NoLeakAfterTeardownInv ==
  (\A m \in Modules : thread[m] = "none" /\ mdom[m] = 0)
    => \A i \in DOMAIN pool : ~pool[i].tables

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTwoDomains == \A m \in Modules : IsMember(m)
ReachCopy == \E m \in Modules : holds[m] /\ result.what = "touched" /\ result.on = Copy(m)
ReachFault == result.what = "fault"
ReachRefused == result.what = "failed"
=============================================================================
