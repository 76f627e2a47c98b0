---------------------------- MODULE ModuleObjects ----------------------------
(***************************************************************************)
(* What the memory calls of a module work on: the words in user memory that*)
(* the kernel follows, the heaps that they lead to, and the object pool in *)
(* which the kernel records what the module has.                           *)
(*                                                                         *)
(* An address is known by what lies there: the module's heap or region, the*)
(* heap of another module, the system heap, an object of the kernel, or a  *)
(* structure that the attacker has put together in its own memory. Models  *)
(* SOF src/lib/objpool.c and zephyr/include/rtos/alloc.h at 12dd726529.    *)
(*                                                                         *)
(* What the attacker stores is of these classes:                           *)
(*   NULL       "NULL"                                                     *)
(*   own object what was there at boot, and "forged": a structure that it  *)
(*              put together in memory of its own. A freed block of its    *)
(*              heap is this class too: it may write that as well. A       *)
(*              context of its own is one with forged words in the given   *)
(*              one, which is as much its to write.                        *)
(*   other      "other": of another module. Its context is one with its    *)
(*              heap, and its region too: both are refused when verified,  *)
(*              and used when stored after that.                           *)
(*   kernel     "system", the kernel's own heap, and "victim", an object   *)
(*              in it. That object as a context is one with "outside", as  *)
(*              it holds no mapped address; as a heap or a region it is    *)
(*              refused when verified, like "other", and like "outside"    *)
(*              when stored after that.                                    *)
(*   outside    "outside": an address where nothing is mapped.             *)
(* A container may hold a block that is not the module's: "victim", "other"*)
(* or "outside"; or call a block of the module's a handler of blobs. Not in*)
(* the model are a container that holds NULL, which is one with a block that*)
(* no container holds, and one that holds a freed block of the module's own:*)
(* the second free damages a heap that is the module's to write anyway, and*)
(* what that does to the kernel is shown in SysHeap (O-26).                *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Variant,        \* the design: "MERGED" or "HARDENED"
  Fixes,          \* repairs of open defects, a subset of AllFixes
  Defects,        \* bugs put back, a subset of AllDefects
  Context,        \* what the module was given: "heap", "region" or "both"
  Threads,        \* user threads of the module
  Calls,          \* the system calls that they make
  Sizes,          \* sizes to ask for: "none", "block", "huge"
  Slots,          \* the pointers that the module keeps
  Forgeries,      \* the words that the attacker overwrites, and with what
  MaxForgeries    \* how often

VARIABLES
  frame,   \* frame[t]: where a thread is in a system call, and its locals
  mutex,   \* mod_res_lock: the thread that holds it, or "-"
  word,    \* the words of user memory that the kernel follows; .free: which
           \* handlers name another function, .type: which block's container
           \* says that it is a handler's
  pool,    \* the object pool: sets of containers, in the order of the list
  held,    \* held[s]: where the block lies that the module keeps in s
  inUse,   \* inUse[h]: how many blocks of heap h are allocated
  kernel,  \* what became of the kernel's objects
  forged,  \* how often the attacker wrote
  stop,    \* whether the kernel ran into a fault
  lost     \* whether a free did not reach the heap that the block is from

vars == <<frame, mutex, word, pool, held, inUse, kernel, forged, stop, lost>>

AllFixes == {
  "O-28",   \* use the context that the kernel remembers of the module
  "O-29",   \* free a buffer to the heap that it was taken from
  "R-70",   \* keep the object pool in kernel memory
  "R-71",   \* take buffers from the module's context, as all other memory
  "R-72",   \* reset the pool before the mutex is released
  "R-87",   \* free a handler's blobs by their heap, not by a function in it
  "R-88"}   \* take a copy's partition away from the domain of the caller
AllDefects == {
  "S-70"}   \* seeded: take the mutex and a container first, then verify

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
DomainForgeries == {"mdom=NULL", "mdom=other", "mdom=outside"}
ASSUME BoundsAssumption ==
  /\ Context \in {"heap", "region", "both"}
  /\ Calls \subseteq {"mod_alloc_ext", "mod_balloc_align", "mod_free", "mod_free_all",
                      "mod_data_blob_handler_new", "mod_fast_get"}
  /\ Sizes \subseteq {"none", "block", "huge"}
  /\ Forgeries \subseteq DomainForgeries \cup
       {"alloc=NULL", "alloc=outside", "heap=NULL", "heap=other", "heap=forged",
        "heap=system", "heap=outside", "vreg=forged", "vreg=outside",
        "pool=forged", "pool=outside", "container=victim", "container=other",
        "container=outside", "container=handler", "handler=forged"}
  /\ MaxForgeries \in Nat
  \* The copy is one that another module has already, and is of no heap.
  /\ "mod_fast_get" \in Calls =>
       Context = "region" /\ Cardinality(Slots) = 1 /\ Forgeries \subseteq DomainForgeries

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

Heaps == {"own", "region", "system", "other"}
HeapWord == {"own", "other", "system", "forged", "outside", "NULL"}
RegionWord == {"region", "forged", "outside", "NULL"}
Allocs == Calls \cap {"mod_alloc_ext", "mod_balloc_align"}
Acquires == Calls \ {"mod_free", "mod_free_all"}

\* What the module was given: the words of its mod_alloc_ctx, which is as
\* writable to the module as everything in its heap.
GivenHeap == IF Context = "region" THEN "NULL" ELSE "own"
GivenRegion == IF Context = "heap" THEN "NULL" ELSE "region"

\* What a container may hold that is not the module's.
Strange == {"victim", "other", "outside"}

\* A handler of blobs lies in the LL user heap, which is the module's here; a
\* copy of constant data in pages of its own.
Kept == Heaps \cup {"victim", "handler", "copy", "-"}

Idle == [pc |-> "idle", call |-> "-", slot |-> "-", size |-> "-", seen |-> "-",
         used |-> "-", got |-> "-"]
Frame == [pc : {"idle", "verify", "container", "take", "record", "release",
                "reset", "dead"},
          call : Calls \cup {"-"},
          slot : Slots \cup {"-"},
          size : Sizes \cup {"-"},
          seen : {"-", "own", "region", "forged", "nothing"},
          used : {"-", "own", "region", "other", "forged", "nothing"},
          got : Kept]
Container == Slots \cup {"free", "new"} \cup Strange

TypeOK ==
  /\ frame \in [Threads -> Frame]
  /\ mutex \in Threads \cup {"-"}
  /\ word \in [alloc : {"ctx", "outside", "NULL"}, heap : HeapWord, vreg : RegionWord,
               poolHeap : HeapWord, poolVreg : RegionWord,
               mdom : {"own", "other", "outside", "NULL"},
               free : SUBSET Slots, type : Slots \cup {"-"}]
  /\ \A i \in 1..Len(pool) : /\ pool[i].home \in Heaps \cup {"victim"}
                             /\ \A j \in 1..Len(pool[i].of) : pool[i].of[j] \in Container
  /\ held \in [Slots -> Kept]
  /\ inUse \in [Heaps -> Int]
  /\ kernel \in {"whole", "damaged", "astray"}
  /\ forged \in 0..MaxForgeries
  /\ stop \in {"-", "fault"}
  /\ lost \in BOOLEAN

Init ==
  /\ frame = [t \in Threads |-> Idle]
  /\ mutex = "-"
  /\ word = [alloc |-> "ctx", heap |-> GivenHeap, vreg |-> GivenRegion,
             poolHeap |-> IF Fixed("R-70") THEN "NULL" ELSE GivenHeap,
             poolVreg |-> IF Fixed("R-70") THEN "NULL" ELSE GivenRegion,
             mdom |-> "own", free |-> {}, type |-> "-"]
  /\ pool = <<>>
  /\ held = [s \in Slots |-> "-"]
  /\ inUse = [h \in Heaps |-> 0]
  /\ kernel = "whole"
  /\ forged = 0
  /\ stop = "-"
  /\ lost = FALSE

-----------------------------------------------------------------------------
(* What the kernel finds when it follows the module's words.               *)
Given == [heap |-> GivenHeap, vreg |-> GivenRegion]
NoContext == [heap |-> "NULL", vreg |-> "NULL"]
NowhereContext == [heap |-> "outside", vreg |-> "outside"]
UserHeap == [heap |-> "own", vreg |-> "NULL"]

\* sof_ctx_alloc() and sof_ctx_free() take a missing context for an empty one.
Ctx == IF Fixed("O-28") THEN Given
       ELSE IF word.alloc = "NULL" THEN NoContext
       ELSE IF word.alloc = "outside" THEN NowhereContext
       ELSE [heap |-> word.heap, vreg |-> word.vreg]
CtxMissing == ~Fixed("O-28") /\ word.alloc # "ctx"
PoolCtx == IF Fixed("R-70") THEN [heap |-> "system", vreg |-> "NULL"]
           ELSE [heap |-> IF word.poolHeap = "NULL" THEN "system" ELSE word.poolHeap,
                 vreg |-> word.poolVreg]

\* Whoever follows it faults.
Unmapped(c) == c.vreg = "outside" \/ (c.vreg = "NULL" /\ c.heap = "outside")

\* No range is recorded of the system heap, so it passes for none.
HeapName(h) == IF h \in {"NULL", "system"} THEN "nothing" ELSE h
Name(c) == IF c.vreg # "NULL" THEN c.vreg ELSE HeapName(c.heap)

\* A forged heap names the free lists of the system heap, a forged region the
\* kernel's object as its next address.
HeapHome(h) == IF h \in {"NULL", "forged"} THEN "system" ELSE h
Home(c) == IF c.vreg = "forged" THEN "victim"
           ELSE IF c.vreg = "region" THEN "region" ELSE HeapHome(c.heap)

\* The domain that a copy's partition is taken away from.
CopyDomain == IF Fixed("R-88") THEN "own" ELSE word.mdom

\* Where a free of a block that lies in b goes. A heap takes what lies in the
\* range recorded for it; all else goes to the system heap, which takes
\* everything: the kernel's object, and chunks of other heaps.
Fate(c, b) ==
  IF b = "copy"
    THEN CASE CopyDomain = "outside" -> "fault"
           [] CopyDomain = "other" -> "damage"
           [] OTHER -> "freed"
  ELSE IF Unmapped(c) \/ (c.vreg = "NULL" /\ b = "outside") THEN "fault"
  ELSE IF c.vreg # "NULL"
    THEN IF c.vreg = "region" /\ b = "region" THEN "freed" ELSE "lost"
    ELSE IF b = "system" \/ (b \in {"own", "other"} /\ b = c.heap)
           THEN "freed" ELSE "damage"

\* Nobody counts the blocks of heaps that are tangled up in each other.
NotCounted == [h \in Heaps |-> 0]

\* Whether the kernel faults when it frees a sequence of [block, ctx, astray].
Faults(seq) == \E i \in DOMAIN seq : Fate(seq[i].ctx, seq[i].block) = "fault"

\* Frees such a sequence.
FreeEach(seq) ==
  LET some(fate) == \E i \in DOMAIN seq : Fate(seq[i].ctx, seq[i].block) = fate
      freed(h) == Cardinality({i \in DOMAIN seq :
                    seq[i].block = h /\ Fate(seq[i].ctx, h) = "freed"})
  IN  IF some("damage")
        THEN kernel' = "damaged" /\ lost' = TRUE /\ inUse' = NotCounted
        ELSE /\ lost' = (lost \/ some("lost"))
             /\ inUse' = [h \in Heaps |-> inUse[h] - freed(h)]
             /\ kernel' = IF \E i \in DOMAIN seq : seq[i].astray THEN "astray" ELSE kernel

-----------------------------------------------------------------------------
(* The object pool.                                                        *)
Empty(n) == [j \in 1..n |-> "free"]
First(set) == CHOOSE x \in set : \A y \in set :
                \/ x[1] < y[1]
                \/ x[1] = y[1] /\ x[2] <= y[2]
With(state) == {<<i, j>> \in (1..Len(pool)) \X (1..32) :
                  j <= Len(pool[i].of) /\ pool[i].of[j] = state}
Free == With("free")
Set(x, state) == [pool EXCEPT ![x[1]].of[x[2]] = state]
NextSize == IF pool = <<>> THEN 2
            ELSE IF Len(pool[Len(pool)].of) = 32 THEN 32 ELSE 2 * Len(pool[Len(pool)].of)
=============================================================================
