---------------------------- MODULE CachedMemory ----------------------------
(***************************************************************************)
(* Blocks of a heap that are used through the data caches of two cores.    *)
(*                                                                         *)
(* Models heap_alloc_aligned() and heap_free(), SOF zephyr/lib/alloc.c,    *)
(* vmh_alloc() and vmh_free(), zephyr/lib/regions_mm.c, and vregion_alloc(), *)
(* vregion_alloc_coherent() and vregion_free() in the interim mode,        *)
(* zephyr/lib/vregion.c, at 12dd726529. Each runs under one lock and is    *)
(* one step. Chunk headers are accessed uncached; a block has a cached and *)
(* an uncached address.                                                    *)
(*                                                                         *)
(* Private clients have their block cached and use it on one core at a     *)
(* time. Shared clients use it on every core, and so ask for the uncached  *)
(* address: what the IPC user context and the LL instance do, and "pdata", *)
(* the private data of an LL task, with the semaphore in it.               *)
(*                                                                         *)
(* Line 0 begins with the first chunk of the system heap. A block of that  *)
(* heap begins with a line, and its header ends the line before.           *)
(***************************************************************************)
EXTENDS DataCaches, FiniteSets

CONSTANTS
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back, a subset of AllDefects
  Heap,      \* where blocks come from: "system", "virtual" or "region"
  HeapEnd,   \* where the last chunk ends, in bytes from line 0 on
  Private,   \* clients that use their block on one core at a time
  Shared,    \* clients that use their block on all cores
  FreedBy,   \* who frees a private block: "owner" or "any core"
  FreedAs    \* by which address blocks are freed: subset of {"own", "other"}

VARIABLES
  held,    \* held[s]: the block that a client holds
  result   \* what the last read or allocation gave

vars == <<memory, cache, held, result>>

AllFixes == {
  "O-47", "R-52",  \* the headers of a region are uncached, see CachedRegion
  "R-50",   \* heap_free() flushes whichever address it is given
  "R-51",   \* the core that used a block last flushes it before another frees it
  "R-53"}   \* vregion_free() flushes
AllDefects == {
  "B-12",   \* objects of several cores are allocated cached
  "B-29",   \* the private data of tasks is
  "B-73",   \* uncached blocks are not rounded up to cache lines
  "B-79c"}  \* the virtual heap does not invalidate what is freed

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
ASSUME ClientsAssumption ==
  /\ Private \cap Shared = {} /\ "pdata" \notin Private
  /\ Cardinality(Private \cup Shared) <= 2
  /\ Heap \in {"system", "virtual", "region"}
  /\ FreedBy \in {"owner", "any core"}
  /\ FreedAs \subseteq {"own", "other"}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

ASSUME RegionAssumption == Heap = "region" => Fixed("O-47") /\ Fixed("R-52")

Clients == Private \cup Shared
Values == 1..2
Blank == 0     \* what memory holds before anybody wrote to it
Blanks == [l \in Lines |-> Blank]
LineBytes == 64
Asked == 40    \* bytes that each client asks for

Nothing == [at |-> 0, bytes |-> 0, alias |-> "-", owner |-> "-", last |-> Blank]
Block == [at : Nat, bytes : Nat, alias : {"-", "cached", "uncached"},
          owner : Cores \cup {"-"}, last : {Blank} \cup Values]

TypeOK ==
  /\ memory \in [Lines -> {Blank} \cup Values]
  /\ cache \in [Cores -> [Lines -> Copy({Blank} \cup Values)]]
  /\ held \in [Clients -> Block]
  /\ result \in {"-", "NULL", "good", "stale"}

Init ==
  /\ memory = Blanks
  /\ cache = [c \in Cores |-> [l \in Lines |-> Absent(Blank)]]
  /\ held = [s \in Clients |-> Nothing]
  /\ result = "-"

Live == {s \in Clients : held[s] # Nothing}

-----------------------------------------------------------------------------
(* Which line a block begins with, in which there is room for it.          *)

\* The address that a client asks for.
Cached(s) == s \in Private \/ Broken(IF s = "pdata" THEN "B-29" ELSE "B-12")
AliasFor(s) == IF Cached(s) THEN "cached" ELSE "uncached"

\* What heap_alloc_aligned() makes of the size, and the virtual heap.
Bytes(alias) == CASE Heap = "virtual" -> 2 * LineBytes
                  [] alias = "uncached" /\ Broken("B-73") -> Asked
                  [] OTHER -> LineBytes

\* A block is preceded by a header of 4 bytes in a chunk unit of 8.
BlockEnd(s) == LineBytes * held[s].at + held[s].bytes
ChunkStart(s) == LineBytes * held[s].at - 8
FirstLine(gap) == (gap + 4 + LineBytes - 1) \div LineBytes

\* sys_heap_aligned_alloc() takes a chunk that is large enough wherever the
\* line begins in it.
Fits(from, to, bytes) == to - from >= bytes + LineBytes

SystemLines(bytes) ==
  IF Live = {}
    THEN IF Fits(0, HeapEnd, bytes) THEN {FirstLine(0)} ELSE {}
    ELSE LET other == CHOOSE s \in Live : TRUE
         IN  (IF Fits(0, ChunkStart(other), bytes) THEN {FirstLine(0)} ELSE {})
             \cup (IF Fits(BlockEnd(other), HeapEnd, bytes)
                     THEN {FirstLine(BlockEnd(other))} ELSE {})

\* The other heaps have room for many blocks, and take the first that is free:
\* in the virtual heap each is two lines long, in a region it has a line for its
\* header.
FreeLines(alias) ==
  IF Heap = "system" THEN SystemLines(Bytes(alias)) ELSE {1, 3} \ {held[s].at : s \in Live}

Lowest(ls) == CHOOSE l \in ls : \A k \in ls : l <= k

\* vregion_alloc_coherent() invalidates what it returns.
Alloc(c, s) ==
  /\ held[s] = Nothing
  /\ LET alias == AliasFor(s)
     IN  IF FreeLines(alias) = {}
           THEN result' = "NULL" /\ UNCHANGED <<held, cache>>
           ELSE /\ held' = [held EXCEPT ![s] =
                              [at |-> Lowest(FreeLines(alias)), bytes |-> Bytes(alias),
                               alias |-> alias, owner |-> c, last |-> Blank]]
                /\ result' = "-"
                /\ cache' = IF Heap = "region" /\ alias = "uncached"
                              THEN [cache EXCEPT ![c] =
                                      Dropped(c, {Lowest(FreeLines(alias))}, Blanks)]
                              ELSE cache
  /\ UNCHANGED memory

-----------------------------------------------------------------------------
(* What clients do with a block.                                           *)
MayUse(c, s) == /\ held[s] # Nothing
                /\ held[s].at \in Lines
                /\ s \in Shared \/ held[s].owner = c

Write(c, s, v) ==
  /\ MayUse(c, s)
  /\ held' = [held EXCEPT ![s].last = v]
  /\ IF held[s].alias = "cached"
       THEN /\ cache' = [cache EXCEPT ![c] = Stored(c, held[s].at, v)]
            /\ UNCHANGED memory
       ELSE /\ memory' = [memory EXCEPT ![held[s].at] = v]
            /\ UNCHANGED cache
  /\ result' = "-"

\* Nobody reads what was never written.
Read(c, s) ==
  /\ MayUse(c, s)
  /\ held[s].last # Blank
  /\ LET l == held[s].at
         seen == IF held[s].alias = "cached" THEN View(c, l) ELSE memory[l]
     IN  /\ result' = IF seen = held[s].last THEN "good" ELSE "stale"
         /\ cache' = IF held[s].alias = "cached"
                       THEN [cache EXCEPT ![c] = Fetched(c, {l})] ELSE cache
  /\ UNCHANGED <<memory, held>>

\* The giver writes back and drops its copy; the taker drops what it has
\* fetched too early.
HandOver(c, s) ==
  /\ s \in Private
  /\ held[s] # Nothing
  /\ held[s].owner # c
  /\ LET giver == held[s].owner
     IN  /\ memory' = WrittenBack(giver, {held[s].at})
         /\ cache' = [cache EXCEPT ![giver] = Dropped(giver, {held[s].at}, Blanks),
                                   ![c] = Dropped(c, {held[s].at}, Blanks)]
  /\ held' = [held EXCEPT ![s].owner = c]
  /\ result' = "-"

-----------------------------------------------------------------------------
MayFree(c, s) == /\ held[s] # Nothing
                 /\ s \in Shared \/ FreedBy = "any core" \/ held[s].owner = c

\* heap_free() flushes by the cached address, if that is what it was given.
\* vmh_free() always invalidates: what is freed need not be written.
\* vregion_free() does nothing of the kind.
Flushes(cached) == CASE Heap = "system" -> cached \/ Fixed("R-50")
                     [] Heap = "region" -> Fixed("R-53")
                     [] OTHER -> FALSE
Invalidates == Heap = "virtual" /\ ~Broken("B-79c")

\* The line of a block on a core, when the block is freed.
Gone(c, l, cached) ==
  IF Flushes(cached) \/ Invalidates THEN Dropped(c, {l}, Blanks) ELSE cache[c]

Release(c, s, cached) ==
  /\ MayFree(c, s)
  /\ LET l == held[s].at
         first == IF s \in Private /\ Fixed("R-51") THEN held[s].owner ELSE c
         handed == first # c
     IN  /\ memory' = IF handed \/ Flushes(cached) THEN WrittenBack(first, {l}) ELSE memory
         /\ cache' = IF handed
                       THEN [cache EXCEPT ![first] = Dropped(first, {l}, Blanks),
                                          ![c] = Dropped(c, {l}, Blanks)]
                       ELSE [cache EXCEPT ![c] = Gone(c, l, cached)]
  /\ held' = [held EXCEPT ![s] = Nothing]
  /\ result' = "-"

\* The pointer is given to free() as it was got, or by its other address.
Free(c, s) == "own" \in FreedAs /\ Release(c, s, held[s].alias = "cached")
FreeAlias(c, s) == "other" \in FreedAs /\ Release(c, s, held[s].alias # "cached")

Prefetch(c, l) == Prefetches(c, l) /\ result' = "-" /\ UNCHANGED held
Evict(c, l) == Evicts(c, l, Blanks) /\ result' = "-" /\ UNCHANGED held

Next ==
  \/ \E c \in Cores, s \in Clients : Alloc(c, s)
  \/ \E c \in Cores, s \in Clients, v \in Values : Write(c, s, v)
  \/ \E c \in Cores, s \in Clients : Read(c, s)
  \/ \E c \in Cores, s \in Clients : HandOver(c, s)
  \/ \E c \in Cores, s \in Clients : Free(c, s)
  \/ \E c \in Cores, s \in Clients : FreeAlias(c, s)
  \/ \E c \in Cores, l \in Lines : Prefetch(c, l)
  \/ \E c \in Cores, l \in Lines : Evict(c, l)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* MEM-7 CoherentShared: a core that reads an object of several cores, or one
\* that was handed to it, gets what was written last.
CoherentSharedInv == result # "stale"

\* HEAP-9 CacheLineIsolation: no block shares a cache line with another block
\* or with the header of another chunk.
BodyLines(s) == held[s].at..((BlockEnd(s) - 1) \div LineBytes)
HeaderLines(s) ==
  {held[s].at - 1} \cup (IF BlockEnd(s) < HeapEnd THEN {BlockEnd(s) \div LineBytes} ELSE {})
CacheLineIsolationInv ==
  Heap # "virtual" =>
    \A s, t \in Live : /\ s # t => BodyLines(s) \cap BodyLines(t) = {}
                       /\ BodyLines(s) \cap HeaderLines(t) = {}

\* HEAP-10 AliasRoundTrip: what the owner of a block wrote is not overwritten
\* by a line that somebody left in a cache when the block was freed.
AliasRoundTripInv ==
  \A s \in Live : held[s].last # Blank =>
    held[s].last = IF held[s].alias = "cached" THEN View(held[s].owner, held[s].at)
                                               ELSE memory[held[s].at]

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachDirty == \E c \in Cores, l \in Lines :
                cache[c][l].state = "dirty" /\ cache[c][l].holds # memory[l]
ReachStaleCopy == \E c \in Cores, l \in Lines :
                    cache[c][l].state = "clean" /\ cache[c][l].holds # memory[l]
ReachBothLive == Live = Clients
ReachNoRoom == result = "NULL"
ReachReadAcross == \E s \in Live : /\ result = "good" /\ s \in Private
                                   /\ cache[held[s].owner][held[s].at].state = "clean"
=============================================================================
