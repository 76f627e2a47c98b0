-------------------------------- MODULE FastGet --------------------------------
(***************************************************************************)
(* Copies of constant data in fast memory that modules share, counted.     *)
(*                                                                         *)
(* Models fast_get() and fast_put(), SOF zephyr/lib/fast-get.c at          *)
(* 12dd726529. Each holds one spinlock and is one step here. Copies that   *)
(* are shared are modeled, not the small ones that a module gets alone    *)
(* when user space is on and drivers have no heap of their own.            *)
(*                                                                         *)
(* A user module has a memory domain of its own, in which its heap is      *)
(* mapped. A "large" copy is more than half a page: it gets whole pages,   *)
(* and is granted to the domain of the caller as a read-only partition.    *)
(* Modules that are torn down put what they hold, in any order.            *)
(***************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
  Variant,      \* the design: "MERGED" or "HARDENED"
  Fixes,        \* repairs of open defects, a subset of AllFixes
  Defects,      \* bugs put back, a subset of AllDefects
  Modules,      \* the modules
  UserModules,  \* those that run in user mode, a subset of Modules
  HeapOf,       \* HeapOf[m]: a module's heap; "system" stands for NULL
  KnowsDomain,  \* whether mod->mdom is set: only the DP application does so
  Objects,      \* constant data that is asked for: "small", "large"
  MaxHeld       \* how often a module asks for the same object

VARIABLES
  pool,     \* fast_get_data.pool: all slots of all sets, taken or not
  copies,   \* copies[h][o]: how many blocks of a heap are copies of an object
  held,     \* held[m][o]: how often a module holds a copy
  granted,  \* granted[m]: whether a domain maps the page of the large copy
  corrupt,  \* whether the system heap was given a block that is not its own
  result    \* what the last call did

vars == <<pool, copies, held, granted, corrupt, result>>

AllFixes == {
  "O-53",   \* free to the heap that the copy is from; drop the entry on failure
  "R-75",   \* give the entry of the last user back to the pool
  "R-76",   \* take large copies from no module's heap
  "R-77",   \* share small copies only between modules that have one heap
  "R-78",   \* take the partition away from the domain that was granted it
  "R-79"}   \* ... and not before the domain puts its last reference
AllDefects == {}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
ASSUME ModulesAssumption ==
  /\ UserModules \subseteq Modules /\ Objects \subseteq {"small", "large"}
  /\ DOMAIN HeapOf = Modules /\ KnowsDomain \in BOOLEAN /\ MaxHeld \in Nat

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

Heaps == {"system"} \cup {HeapOf[m] : m \in Modules}
Free == [taken |-> FALSE, object |-> "-", heap |-> "-", refs |-> 0]
Empty == [Free EXCEPT !.taken = TRUE]
Entry == [taken : BOOLEAN, object : Objects \cup {"-"}, heap : Heaps \cup {"-"}, refs : Nat]

TypeOK ==
  /\ \A i \in DOMAIN pool : pool[i] \in Entry
  /\ copies \in [Heaps -> [Objects -> Nat]]
  /\ held \in [Modules -> [Objects -> 0..MaxHeld]]
  /\ granted \in [Modules -> BOOLEAN]
  /\ corrupt \in BOOLEAN
  /\ result \in {"-", "got", "NULL", "denied", "put", "stray"}

NoCopies == [h \in Heaps |-> [o \in Objects |-> 0]]
NobodyHolds == [m \in Modules |-> [o \in Objects |-> 0]]
NoGrants == [m \in Modules |-> FALSE]

Init ==
  /\ pool = <<>> /\ copies = NoCopies /\ held = NobodyHolds
  /\ granted = NoGrants /\ corrupt = FALSE /\ result = "-"

-----------------------------------------------------------------------------
(* The pool: the first slot that is free; without one, a set of 2, 4, 8... *)
(* slots is added. A set stays for ever.                                   *)
Taken(p) == {i \in DOMAIN p : p[i].taken}
IsFull == Taken(pool) = DOMAIN pool
Room == IF IsFull THEN pool \o [i \in 1..(Len(pool) + 2) |-> Free] ELSE pool
Slot == CHOOSE i \in DOMAIN Room \ Taken(Room) :
          \A j \in DOMAIN Room \ Taken(Room) : i <= j

\* The heap that a copy for a module comes from.
Source(m, o) == IF o = "large" /\ Fixed("R-76") THEN "system" ELSE HeapOf[m]

\* The entries that a module's request, or the pointer it holds, leads to.
Found(m, o) == {i \in Taken(pool) :
                  /\ pool[i].object = o
                  /\ Fixed("R-77") => pool[i].heap = Source(m, o)}
The(m, o) == CHOOSE i \in Found(m, o) : TRUE

IsMapped(m, h) == m \in UserModules /\ h # "system" /\ h = HeapOf[m]

\* A partition is refused where the domain has one already: its own heap, or
\* one that was left behind. Only a caller that shares looks first.
IsLargeForUser(m, o) == m \in UserModules /\ o = "large"
IsRefused(m, o, h) == /\ IsLargeForUser(m, o)
                      /\ IF h = "system" THEN granted[m] ELSE IsMapped(m, h)
Grant(m, o) == granted' = [granted EXCEPT ![m] = @ \/ IsLargeForUser(m, o)]

\* The copy was freed again, or there was no memory for it.
Abandon == pool' = IF Fixed("O-53") THEN Room ELSE [Room EXCEPT ![Slot] = Empty]

Share(m, o) ==
  LET i == The(m, o)
  IN  IF ~granted[m] /\ IsRefused(m, o, pool[i].heap)
        THEN result' = "denied" /\ UNCHANGED <<pool, copies, held, granted>>
        ELSE /\ pool' = [pool EXCEPT ![i].refs = @ + 1]
             /\ held' = [held EXCEPT ![m][o] = @ + 1]
             /\ Grant(m, o)
             /\ result' = "got"
             /\ UNCHANGED copies

Copy(m, o) ==
  LET h == Source(m, o)
  IN  IF IsRefused(m, o, h)
        THEN Abandon /\ result' = "denied" /\ UNCHANGED <<copies, held, granted>>
        ELSE /\ pool' = [Room EXCEPT ![Slot] =
                          [taken |-> TRUE, object |-> o, heap |-> h, refs |-> 1]]
             /\ copies' = [copies EXCEPT ![h][o] = @ + 1]
             /\ held' = [held EXCEPT ![m][o] = @ + 1]
             /\ Grant(m, o)
             /\ result' = "got"

Get(m, o) ==
  /\ ~corrupt /\ held[m][o] < MaxHeld
  /\ IF Found(m, o) # {} THEN Share(m, o) ELSE Copy(m, o)
  /\ UNCHANGED corrupt

\* There is no memory: for a set of the pool if it needs one, else for the copy.
GetFails(m, o) ==
  /\ ~corrupt /\ held[m][o] < MaxHeld /\ Found(m, o) = {}
  /\ IF IsFull THEN UNCHANGED pool ELSE Abandon
  /\ result' = "NULL"
  /\ UNCHANGED <<copies, held, granted, corrupt>>

-----------------------------------------------------------------------------
\* Whether a free with the caller's heap reaches the heap of the block: what
\* is not in the named heap goes to the system heap.
Reaches(m, h) == Fixed("O-53") \/ h \in {"system", HeapOf[m]}

Revoke(m, o) ==
  granted' = [granted EXCEPT ![m] = @ /\ ~(/\ o = "large"
                                           /\ KnowsDomain \/ Fixed("R-78")
                                           /\ Fixed("R-79") => held'[m][o] = 0)]

Put(m, o) ==
  /\ ~corrupt /\ held[m][o] > 0
  /\ LET i == The(m, o)
         h == pool[i].heap
         last == pool[i].refs = 1
     IN  IF last /\ ~Reaches(m, h)
           THEN \* Nothing in memory can be relied on from here on.
                /\ pool' = <<>> /\ copies' = NoCopies /\ held' = NobodyHolds
                /\ granted' = NoGrants /\ corrupt' = TRUE /\ result' = "stray"
           ELSE /\ pool' = [pool EXCEPT ![i] =
                              IF ~last THEN [@ EXCEPT !.refs = @ - 1]
                              ELSE IF Fixed("R-75") THEN Free ELSE Empty]
                /\ copies' = [copies EXCEPT ![h][o] = IF last THEN @ - 1 ELSE @]
                /\ held' = [held EXCEPT ![m][o] = @ - 1]
                /\ Revoke(m, o)
                /\ result' = "put"
                /\ UNCHANGED corrupt

Next ==
  \/ \E m \in Modules, o \in Objects : Get(m, o)
  \/ \E m \in Modules, o \in Objects : GetFails(m, o)
  \/ \E m \in Modules, o \in Objects : Put(m, o)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Holds(m, o) == held[m][o] > 0

\* HEAP-2 FreeToOrigin: a copy is freed to the heap that it was taken from.
FreeToOriginInv == ~corrupt

\* HEAP-11 FailClean: a call that returns no copy leaves nothing behind.
FailCleanProp ==
  [][result' \in {"NULL", "denied"} =>
       /\ Taken(pool') = Taken(pool)
       /\ UNCHANGED <<copies, held, granted>>]_vars

\* HEAP-12 Selection: a copy is taken from memory in which it can be granted;
\* a call fails only if there is no room.
SelectionInv == result # "denied"

\* HEAP-14 NoLeakAfterTeardown: when no module holds a copy, there is none,
\* and no entry of the pool is taken.
NoLeakAfterTeardownInv ==
  held = NobodyHolds => Taken(pool) = {} /\ copies = NoCopies

\* ISO-8 HeapConfinement: a user module can read each copy that it holds.
HeapConfinementInv ==
  \A m \in UserModules, o \in Objects :
    Holds(m, o) => \/ o = "large" /\ granted[m]
                   \/ IsMapped(m, pool[The(m, o)].heap)

\* ISO-1 UserNeverTouchesKernel: outside of its heap, a user module reads the
\* page of a copy only while it holds the copy.
UserNeverTouchesKernelInv ==
  \A m \in UserModules : granted[m] => Holds(m, "large")

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachShared == \E i \in Taken(pool) : pool[i].refs > 1
ReachGranted == \E m \in UserModules : granted[m]
ReachNoMemory == result = "NULL"
ReachSecondSet == Len(pool) > 2
=============================================================================
