-------------------------- MODULE VirtualHeapMemory --------------------------
(***************************************************************************)
(* What the virtual heap remembers, and what it finds out from that: a gap *)
(* for new blocks, how many blocks belong together, which pages are whose. *)
(* SOF zephyr/lib/regions_mm.c and Zephyr lib/utils/bitarray.c.            *)
(***************************************************************************)
EXTENDS VirtualHeapDesign

VARIABLES
  contiguous,  \* allocating_continuously: may a block be several adjacent ones?
  taken,       \* taken[i]: the blocks whose bit in the allocator's bitmap is set
  continues,   \* continues[i]: allocation_sizes, the blocks that go on in the next one
  mapped,      \* the virtual pages that have a physical page
  physical     \* how many physical pages are free

heapVars == <<contiguous, taken, continues, mapped, physical>>

-----------------------------------------------------------------------------
(* sys_bitarray_alloc(): the gap that fits best, looked for from the top.  *)

Gaps(i) == {g \in Blocks(i) \X Blocks(i) :
              /\ g[1] <= g[2]
              /\ \A b \in g[1]..g[2] : b \notin taken[i]
              /\ g[1] = 0 \/ g[1] - 1 \in taken[i]
              /\ g[2] = BlockCounts[i] - 1 \/ g[2] + 1 \in taken[i]}
Length(g) == g[2] - g[1] + 1
Fitting(i, n) == {g \in Gaps(i) : Length(g) >= n}
Best(i, n) == LET fitting == Fitting(i, n)
              IN  CHOOSE g \in fitting : \A h \in fitting :
                    \/ Length(g) < Length(h)
                    \/ Length(g) = Length(h) /\ g[1] >= h[1]

-----------------------------------------------------------------------------
(* _vmh_free(): how many blocks belong together, from a first one on.      *)

Limit(i, first) == IF Broken("B-78d") THEN BlockCounts[i] - first ELSE BlockCounts[i]
Run(i, first) ==
  1 + Cardinality({b \in first..(Limit(i, first) - 1) : first..b \subseteq continues[i]})

-----------------------------------------------------------------------------
(* vmh_get_map_region_boundaries(): whole pages of a range of small blocks *)
(* that no other block of the allocator lies in. A rest that is no whole   *)
(* block counts as used, as does one behind the last block.                *)

FreeRegion(i, ptr, units) ==
  LET first == BlockAt(i, ptr)
      count == units \div BlockUnits[i]
  IN  /\ count > 0
      /\ first + count <= BlockCounts[i]
      /\ taken[i] \cap first..(first + count - 1) = {}

OwnPages(i, ptr, units) ==
  LET whole == Up(units, BlockUnits[i])
      start == Down(ptr, PageUnits)
      end == Up(ptr + units, PageUnits)
      before == ptr - start
      after == end - ptr - whole
      from == IF before # 0 /\ ~FreeRegion(i, start, before) THEN start + PageUnits ELSE start
      to == IF after # 0 /\ ~FreeRegion(i, ptr + whole, after) THEN end - PageUnits ELSE end
  IN  Pages(from, to)

-----------------------------------------------------------------------------
(* vmh_get_mapped_size(): where the mapped pages of a large block end is   *)
(* not recorded but found by bisection. It never ends if it makes no       *)
(* progress, which takes a range that does not start with a page.          *)

Forever == -1

RECURSIVE Bisect(_, _, _)
Bisect(bottom, top, check) ==
  IF top - bottom <= PageUnits THEN top
  ELSE LET isMapped == PageOf(check) \in mapped
           newBottom == IF isMapped THEN check ELSE bottom
           newTop == IF isMapped THEN top ELSE check
           newCheck == Down((newBottom + newTop) \div 2, PageUnits)
       IN  IF <<newBottom, newTop, newCheck>> = <<bottom, top, check>>
             THEN Forever
             ELSE Bisect(newBottom, newTop, newCheck)

MappedEnd(ptr, units) ==
  LET bottom == IF Fixed("R-21") THEN Down(ptr, PageUnits) ELSE ptr
      top == IF Fixed("R-21") THEN Up(ptr + units, PageUnits) ELSE ptr + units
  IN  IF units <= PageUnits \/ Broken("B-79a")
        THEN ptr + units
        ELSE Bisect(bottom, top, top - PageUnits)
=============================================================================
