---------------------------- MODULE CachedRegion ----------------------------
(***************************************************************************)
(* A virtual region that two cores use, each behind its data cache.        *)
(*                                                                         *)
(* Models vregion_create(), vregion_get(), vregion_put(),                  *)
(* vregion_set_interim() and vregion_alloc(), SOF zephyr/lib/vregion.c at  *)
(* 12dd726529. Each holds the region's mutex and is one step; what the     *)
(* mutex protects is not thereby visible to the other core.                *)
(*                                                                         *)
(* Two things are shared by the cores: the control structure, a block of   *)
(* the system heap, and the chunk headers of the interim heap, which lie   *)
(* in the region among its blocks. Each counts as one line here: whatever  *)
(* part of it a core fetches or writes back, it does with all of it.       *)
(*                                                                         *)
(* A model goes on only as long as every operation has seen what the last  *)
(* one left (Coherent): the first that does not is what is looked for.     *)
(***************************************************************************)
EXTENDS DataCaches

CONSTANTS
  Variant,        \* the design: "MERGED" or "HARDENED"
  Fixes,          \* repairs of open defects, a subset of AllFixes
  Defects,        \* bugs put back: none here
  Moved,          \* the lines that caches fetch and drop by themselves
  Creator,        \* the core that creates the region
  Blocks,         \* blocks that may be allocated
  MaxReferences   \* how many references a core takes at most

VARIABLES
  latest,      \* latest[l]: what the last operation left, whichever core did it
  references,  \* references[c]: how many references a core's clients hold
  held,        \* held[b]: where a block begins and how long it is, or None
  freed,       \* whether the region was freed
  result       \* what the last operation saw

vars == <<memory, cache, latest, references, held, freed, result>>

AllFixes == {
  "O-47",   \* the control structure is uncached, the new heap is written back
  "R-52"}   \* the interim heap keeps its headers uncached, away from blocks

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects = {}
ASSUME BoundsAssumption ==
  /\ Lines = {"control", "heap"}
  /\ Moved \subseteq Lines
  /\ Creator \in Cores
  /\ MaxReferences \in Nat \ {0}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

None == [at |-> -1, bytes |-> 0]   \* "at" is a line of the region
LineBytes == 64
Asked == 40                        \* bytes that each client asks for

\* The control structure.
Control == [uses : -1..(2 * MaxReferences + 1), mode : {"raw", "lifetime", "interim"}]

\* The heap: 0 is memory that is no heap yet, 1 is an empty heap, and then it
\* is one more for each block.
Heap == 0..9

Blanks == [l \in Lines |-> IF l = "heap" THEN 0 ELSE [uses |-> 0, mode |-> "raw"]]
Created == [uses |-> 1, mode |-> "lifetime"]

Contents(l) == IF l = "heap" THEN Heap ELSE Control

TypeOK ==
  /\ \A l \in Lines : memory[l] \in Contents(l) /\ latest[l] \in Contents(l)
  /\ \A c \in Cores, l \in Lines : cache[c][l] \in Copy(Contents(l))
  /\ references \in [Cores -> 0..MaxReferences]
  /\ held \in [Blocks -> [at : -1..9, bytes : 0..LineBytes]]
  /\ freed \in BOOLEAN
  /\ result \in {"-", "NULL", "raw", "stale"}

Init ==
  /\ memory = [Blanks EXCEPT !["control"] = IF Fixed("O-47") THEN Created ELSE @]
  /\ cache = [c \in Cores |-> [l \in Lines |->
       IF c = Creator /\ l = "control" /\ ~Fixed("O-47")
         THEN [state |-> "dirty", holds |-> Created]
         ELSE Absent(Blanks[l])]]
  /\ latest = [Blanks EXCEPT !["control"] = Created]
  /\ references = [c \in Cores |-> IF c = Creator THEN 1 ELSE 0]
  /\ held = [b \in Blocks |-> None]
  /\ freed = FALSE
  /\ result = "-"

-----------------------------------------------------------------------------
(* What an operation on a core sees, and what it leaves.                   *)
Uncached(l) == Fixed(IF l = "control" THEN "O-47" ELSE "R-52")
Seen(c, l) == IF Uncached(l) THEN memory[l] ELSE View(c, l)

IsRaw(l, content) == content = Blanks[l]
Judge(c, ls) ==
  CASE \E l \in ls : Seen(c, l) # latest[l] /\ IsRaw(l, Seen(c, l)) -> "raw"
    [] \E l \in ls : Seen(c, l) # latest[l] -> "stale"
    [] OTHER -> "-"

\* The contents that an operation stores, by line; it has fetched the lines
\* in "read" first.
Leaves(c, stored, read) ==
  /\ memory' = [l \in Lines |->
       IF l \in DOMAIN stored /\ Uncached(l) THEN stored[l] ELSE memory[l]]
  /\ cache' = [cache EXCEPT ![c] = [l \in Lines |->
       CASE Uncached(l) -> cache[c][l]
         [] ~Uncached(l) /\ l \in DOMAIN stored -> [state |-> "dirty", holds |-> stored[l]]
         [] ~Uncached(l) /\ l \in read \ DOMAIN stored -> Fetched(c, {l})[l]
         [] OTHER -> cache[c][l]]]
  /\ latest' = [l \in Lines |-> IF l \in DOMAIN stored THEN stored[l] ELSE latest[l]]

Only(l, content) == [k \in {l} |-> content]
Both(control, heap) == [l \in Lines |-> IF l = "heap" THEN heap ELSE control]

\* vregion_get()
Get(c) ==
  /\ ~freed
  /\ references[c] < MaxReferences
  /\ LET seen == Seen(c, "control")
     IN  Leaves(c, Only("control", [seen EXCEPT !.uses = @ + 1]), {})
  /\ references' = [references EXCEPT ![c] = @ + 1]
  /\ result' = Judge(c, {"control"})
  /\ UNCHANGED <<held, freed>>

\* vregion_put(): whoever counts to 0 frees the region, and the cached block
\* of the control structure is flushed.
Put(c) ==
  /\ ~freed
  /\ references[c] > 0
  /\ LET seen == Seen(c, "control")
         left == [seen EXCEPT !.uses = @ - 1]
     IN  IF left.uses # 0
           THEN Leaves(c, Only("control", left), {}) /\ UNCHANGED freed
           ELSE /\ freed' = TRUE
                /\ memory' = [memory EXCEPT !["control"] = left]
                /\ cache' = IF Uncached("control") THEN cache
                            ELSE [cache EXCEPT ![c] = Dropped(c, {"control"}, Blanks)]
                /\ latest' = [latest EXCEPT !["control"] = left]
  /\ references' = [references EXCEPT ![c] = @ - 1]
  /\ result' = Judge(c, {"control"})
  /\ UNCHANGED held

\* vregion_set_interim(): the type of memory that is all zero is INTERIM. The
\* repair O-47 writes the new heap back, but nobody else drops his copy of it.
SetInterim(c) ==
  /\ ~freed
  /\ references[c] > 0
  /\ LET seen == Seen(c, "control")
     IN  IF seen.mode # "lifetime"
           THEN Leaves(c, Only("control", seen), {})
           ELSE LET control == [seen EXCEPT !.mode = "interim"]
                IN  /\ latest' = Both(control, 1)
                    /\ memory' = [memory EXCEPT
                         !["control"] = IF Uncached("control") THEN control ELSE @,
                         !["heap"] = IF Uncached("heap") \/ Fixed("O-47") THEN 1 ELSE @]
                    /\ cache' = [cache EXCEPT
                         ![c]["control"] = IF Uncached("control") THEN @
                                           ELSE [state |-> "dirty", holds |-> control],
                         ![c]["heap"] =
                           CASE Uncached("heap") -> @
                             [] Fixed("O-47") -> [state |-> "clean", holds |-> 1]
                             [] OTHER -> [state |-> "dirty", holds |-> 1]]
  /\ result' = Judge(c, {"control"})
  /\ UNCHANGED <<references, held, freed>>

\* Blocks of the heap begin with a line, and each has its header before it:
\* in the line of the block before, unless sizes are rounded.
HeapBytes == IF Fixed("R-52") THEN LineBytes ELSE Asked
HeapLine(blocks) == 1 + (blocks - 1) * (IF Fixed("R-52") THEN 2 ELSE 1)

\* vregion_alloc(), called when somebody has set the interim mode. Who does not
\* see that gets memory for the lifetime of the region, from its start. Memory
\* that is no heap has no free chunk; a control structure that is all zero has
\* no heap either, and that is not checked.
Alloc(c, b) ==
  /\ ~freed
  /\ latest["control"].mode = "interim"
  /\ references[c] > 0
  /\ held[b] = None
  /\ LET seen == Seen(c, "control")
         blocks == Seen(c, "heap")
     IN  CASE seen.mode = "raw" ->
                /\ Leaves(c, Only("control", seen), {})
                /\ result' = "raw"
                /\ UNCHANGED held
           [] seen.mode = "lifetime" ->
                /\ Leaves(c, Only("control", seen), {})
                /\ held' = [held EXCEPT ![b] = [at |-> 0, bytes |-> LineBytes]]
                /\ result' = Judge(c, {"control"})
           [] seen.mode = "interim" /\ blocks = 0 ->
                /\ Leaves(c, Only("control", seen), {"heap"})
                /\ result' = Judge(c, {"control", "heap"})
                /\ UNCHANGED held
           [] seen.mode = "interim" /\ blocks > 0 ->
                /\ Leaves(c, Both(seen, blocks + 1), {})
                /\ held' = [held EXCEPT ![b] =
                     [at |-> HeapLine(blocks), bytes |-> HeapBytes]]
                /\ result' = Judge(c, {"control", "heap"})
  /\ UNCHANGED <<references, freed>>

Prefetch(c, l) ==
  /\ ~freed
  /\ Prefetches(c, l)
  /\ result' = "-"
  /\ UNCHANGED <<latest, references, held, freed>>

Evict(c, l) ==
  /\ ~freed
  /\ Evicts(c, l, Blanks)
  /\ result' = "-"
  /\ UNCHANGED <<latest, references, held, freed>>

Next ==
  \/ \E c \in Cores : Get(c)
  \/ \E c \in Cores : Put(c)
  \/ \E c \in Cores : SetInterim(c)
  \/ \E c \in Cores, b \in Blocks : Alloc(c, b)
  \/ \E c \in Cores, l \in Moved : Prefetch(c, l)
  \/ \E c \in Cores, l \in Moved : Evict(c, l)

Spec == Init /\ [][Next]_vars

\* For a CONSTRAINT: nothing went wrong yet.
Coherent == result \notin {"raw", "stale"}

-----------------------------------------------------------------------------
\* MEM-5 ZeroInit: nobody uses a control structure or a heap whose
\* initialization has not reached him.
ZeroInitInv == result # "raw"

\* MEM-7 CoherentShared: an operation sees what the last one left, whichever
\* core did that.
CoherentSharedInv == result # "stale"

\* HEAP-3 BlocksDisjoint: no two blocks of a region are the same memory.
BlocksDisjointInv ==
  \A a, b \in Blocks : a # b /\ held[a] # None => held[a].at # held[b].at

\* HEAP-9 CacheLineIsolation: no block shares a cache line with the header of
\* the chunk that follows it.
NextHeader(b) == LineBytes * held[b].at + held[b].bytes
CacheLineIsolationInv ==
  \A b \in Blocks : held[b] # None => NextHeader(b) \div LineBytes # held[b].at

\* HEAP-15 VregionMode: a region to which somebody holds a reference exists.
VregionModeInv == freed => \A c \in Cores : references[c] = 0

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachInterimOnBoth ==
  /\ latest["heap"] > 1
  /\ \A c \in Cores : references[c] > 0
ReachFreed == freed
ReachStaleCopy == \E c \in Cores, l \in Lines :
                    cache[c][l].state = "clean" /\ cache[c][l].holds # memory[l]
ReachDirty == \E c \in Cores, l \in Lines :
                cache[c][l].state = "dirty" /\ cache[c][l].holds # memory[l]
=============================================================================
