---------------------------- MODULE VirtualPages ----------------------------
(***************************************************************************)
(* The allocator of virtual pages: a bitmap of pages, a dense table that   *)
(* remembers how long each block is, and the mapping of physical pages.    *)
(*                                                                         *)
(* Models vpage_alloc() and vpage_free(), SOF zephyr/lib/vpage.c at        *)
(* 12dd726529. Each runs under one mutex and is one step here. Which gap   *)
(* an allocation takes is what Zephyr's sys_bitarray_alloc() does for up   *)
(* to 32 bits.                                                             *)
(*                                                                         *)
(* The clients keep pointers and free what they hold, in any order.        *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Variant,        \* the design: "MERGED" or "HARDENED"
  Fixes,          \* repairs of open defects, a subset of AllFixes
  Defects,        \* bugs put back, a subset of AllDefects
  Pages,          \* number of virtual pages, at most 32
  PhysicalPages,  \* number of physical pages
  MaxAllocs,      \* CONFIG_SOF_VPAGE_MAX_ALLOCS
  Slots,          \* the pointers that clients keep
  Sizes           \* sizes of blocks to ask for, in pages

VARIABLES
  taken,      \* the bitmap: the pages that are allocated
  table,      \* table[i]: an entry; the last one is the memory behind the table
  inUse,      \* num_elems_in_use
  freePages,  \* free_pages
  mapped,     \* the virtual pages that have a physical page
  physical,   \* how many physical pages are free
  held,       \* held[s]: the block that a client holds
  result      \* what the last call did

vars == <<taken, table, inUse, freePages, mapped, physical, held, result>>

AllFixes == {
  "O-07",   \* move the last entry over the freed one, not the one behind it
  "R-05"}   \* unmap what was mapped when a mapping fails
AllDefects == {
  "S-02"}   \* seeded: the bitmap misses the last page of a block

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
ASSUME SizesAssumption ==
  /\ Pages \in 1..32 /\ PhysicalPages \in Nat /\ MaxAllocs \in Nat \ {0}
  /\ Sizes \subseteq 1..32

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

Page == 0..(Pages - 1)
Entry == 0..(MaxAllocs - 1)
Nothing == [first |-> 0, pages |-> 0]
Block == [first : Page, pages : 0..Pages]
Range(b) == b.first..(b.first + b.pages - 1)

TypeOK ==
  /\ taken \subseteq Page
  /\ table \in [0..MaxAllocs -> Block]
  /\ inUse \in Int
  /\ freePages \in Int
  /\ mapped \subseteq Page
  /\ physical \in 0..PhysicalPages
  /\ held \in [Slots -> Block]
  /\ result \in {"-", "allocated", "NULL", "freed", "rejected"}

Init ==
  /\ taken = {}
  /\ table = [i \in 0..MaxAllocs |-> Nothing]
  /\ inUse = 0
  /\ freePages = Pages
  /\ mapped = {}
  /\ physical = PhysicalPages
  /\ held = [s \in Slots |-> Nothing]
  /\ result = "-"

-----------------------------------------------------------------------------
(* sys_bitarray_alloc(): the gap that fits best, looked for from the top.  *)
Clear(lo, hi) == \A p \in lo..hi : p \notin taken
Gaps == {g \in Page \X Page :
           /\ g[1] <= g[2] /\ Clear(g[1], g[2])
           /\ g[1] = 0 \/ g[1] - 1 \in taken
           /\ g[2] = Pages - 1 \/ g[2] + 1 \in taken}
Length(g) == g[2] - g[1] + 1
Fitting(n) == {g \in Gaps : Length(g) >= n}
Best(n) == CHOOSE g \in Fitting(n) : \A h \in Fitting(n) :
             \/ Length(g) < Length(h)
             \/ Length(g) = Length(h) /\ g[1] >= h[1]

Min(a, b) == IF a < b THEN a ELSE b

Fail == /\ result' = "NULL"
        /\ UNCHANGED <<taken, table, inUse, freePages, held>>

\* Mapping goes on until no physical page is free, and stops short.
MapFails(first, n) ==
  LET done == Min(n, physical)
  IN  /\ Fail
      /\ IF Fixed("R-05")
           THEN UNCHANGED <<mapped, physical>>
           ELSE /\ mapped' = mapped \cup first..(first + done - 1)
                /\ physical' = physical - done

Alloc(s, n) ==
  /\ held[s] = Nothing
  /\ IF freePages < n \/ inUse >= MaxAllocs \/ inUse < 0 \/ Fitting(n) = {}
       THEN Fail /\ UNCHANGED <<mapped, physical>>
       ELSE LET first == Best(n)[1]
                block == [first |-> first, pages |-> n]
            IN  IF physical < n
                  THEN MapFails(first, n)
                  ELSE /\ taken' = taken \cup (IF Broken("S-02") /\ n > 1
                                               THEN Range([block EXCEPT !.pages = n - 1])
                                               ELSE Range(block))
                       /\ mapped' = mapped \cup Range(block)
                       /\ physical' = physical - n
                       /\ freePages' = freePages - n
                       /\ table' = [table EXCEPT ![inUse] = block]
                       /\ inUse' = inUse + 1
                       /\ held' = [held EXCEPT ![s] = block]
                       /\ result' = "allocated"

-----------------------------------------------------------------------------
Known(first) == {i \in Entry : table[i].pages > 0 /\ table[i].first = first}
Found(first) == CHOOSE i \in Known(first) : \A j \in Known(first) : i <= j

\* The client forgets its pointer, whatever becomes of the block.
Reject(s) == /\ held' = [held EXCEPT ![s] = Nothing]
             /\ result' = "rejected"
             /\ UNCHANGED <<taken, table, inUse, freePages>>

Free(s) ==
  /\ held[s] # Nothing
  /\ LET first == held[s].first
     IN  IF Known(first) = {}
           THEN Reject(s) /\ UNCHANGED <<mapped, physical>>
           ELSE LET i == Found(first)
                    gone == Range(table[i])
                    last == IF Fixed("O-07") THEN inUse - 1 ELSE inUse
                IN  IF ~(gone \subseteq mapped)
                      THEN /\ Reject(s)
                           /\ mapped' = mapped \ gone
                           /\ physical' = physical + Cardinality(gone \cap mapped)
                    ELSE /\ mapped' = mapped \ gone
                         /\ physical' = physical + Cardinality(gone)
                         /\ IF ~(gone \subseteq taken)
                              THEN Reject(s)
                              ELSE /\ taken' = taken \ gone
                                   /\ table' = [table EXCEPT ![i] = table[last],
                                                             ![last] = Nothing]
                                   /\ inUse' = inUse - 1
                                   /\ freePages' = freePages + Cardinality(gone)
                                   /\ held' = [held EXCEPT ![s] = Nothing]
                                   /\ result' = "freed"

Next ==
  \/ \E s \in Slots, n \in Sizes : Alloc(s, n)
  \/ \E s \in Slots : Free(s)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Live == {s \in Slots : held[s] # Nothing}

\* HEAP-3 BlocksDisjoint: blocks that clients hold share no page, are marked
\* as taken, and are mapped.
BlocksDisjointInv ==
  /\ \A s, t \in Live : s # t => Range(held[s]) \cap Range(held[t]) = {}
  /\ \A s \in Live : Range(held[s]) \subseteq taken \cap mapped

\* HEAP-2 FreeToOrigin: a client that frees what it holds is not turned away.
FreeToOriginInv == result # "rejected"

\* HEAP-11 FailClean: an allocation that fails changes nothing.
FailCleanProp ==
  [][result' = "NULL" =>
       UNCHANGED <<taken, table, inUse, freePages, mapped, physical, held>>]_vars

\* HEAP-14 NoLeakAfterTeardown: when nobody holds anything, everything is as
\* it was at the start.
NoLeakAfterTeardownInv ==
  Live = {} => /\ taken = {} /\ mapped = {} /\ inUse = 0
               /\ freePages = Pages /\ physical = PhysicalPages

\* HEAP-16 VpageTable: the entries in use are exactly the live blocks, and
\* the others are empty.
VpageTableInv ==
  /\ inUse \in 0..MaxAllocs
  /\ {table[i] : i \in 0..(inUse - 1)} = {held[s] : s \in Live}
  /\ \A i \in inUse..MaxAllocs : table[i] = Nothing

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTableFull == inUse = MaxAllocs
ReachOutOfOrder == result = "freed" /\ inUse > 0 /\ table[0] # Nothing
ReachNoMemory == result = "NULL"
=============================================================================
