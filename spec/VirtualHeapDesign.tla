-------------------------- MODULE VirtualHeapDesign --------------------------
(***************************************************************************)
(* Which virtual heap: its design, its configuration, and where in the     *)
(* virtual region its blocks and pages are. Addresses and sizes are in     *)
(* units; address 0 is the start of the region. Nothing here changes.      *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  Variant,        \* the design: "MERGED" or "HARDENED"
  Fixes,          \* repairs of open defects, a subset of AllFixes
  Defects,        \* bugs put back, a subset of AllDefects
  Modes,          \* values of allocating_continuously to start with
  PageUnits,      \* units in a page
  BlockUnits,     \* BlockUnits[i]: size of a block of allocator i; 0: an empty slot
  BlockCounts,    \* BlockCounts[i]: how many blocks it has, at most 32
  PhysicalPages,  \* number of physical pages
  Threads,        \* the threads that call
  Slots,          \* the pointers that clients keep
  Sizes,          \* sizes to ask for, in units
  Aligns,         \* alignments to ask for, in units; 1 is none
  Offsets         \* how far into a block strangers point, in units

AllFixes == {
  "R-04",    \* a mapping that fails leaves no sizes behind
  "R-20",    \* free refuses a pointer that is not the start of a block
  "R-21",    \* the search for the mapped pages keeps to whole pages
  "R-22"}    \* a block is taken only where it is aligned as asked
AllDefects == {
  "B-77",    \* no mutex
  "B-78a",   \* f8d5ffb843: a block is too small for a request of its own size
  "B-78b",   \* f23827a203: the block size is looked at before it is known
  "B-78c",   \* 4189f09b69: a free leaves the sizes behind
  "B-78d",   \* 520ef18f6c: the search for the size of a block ends too early
  "B-79a",   \* eaddf533f9: a free unmaps pages that were never mapped
  "B-79b"}   \* 898adc7d98: a free looks into an empty slot

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Modes \subseteq BOOLEAN
ASSUME SizesAssumption ==
  /\ Len(BlockUnits) = Len(BlockCounts)
  /\ \A i \in DOMAIN BlockUnits :
       /\ BlockCounts[i] \in 0..32
       /\ (BlockUnits[i] * BlockCounts[i]) % PageUnits = 0
  /\ \A sizes \in {Sizes, Aligns, Offsets} : sizes \subseteq Nat \ {0}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

-----------------------------------------------------------------------------
(* Where things are.                                                       *)

Slot == DOMAIN BlockUnits
Allocator == {i \in Slot : BlockUnits[i] > 0}

\* Allocator i has the addresses from Ends[i - 1] to Ends[i] - 1.
Ends[i \in 0..Len(BlockUnits)] ==
  IF i = 0 THEN 0 ELSE Ends[i - 1] + BlockUnits[i] * BlockCounts[i]
Buffer(i) == Ends[i - 1]

Address(i, block) == Buffer(i) + block * BlockUnits[i]
BlockAt(i, ptr) == (ptr - Buffer(i)) \div BlockUnits[i]
Inside(i, ptr) == ptr \in Buffer(i)..(Ends[i] - 1)

Down(x, unit) == x - (x % unit)
Up(x, unit) == Down(x + unit - 1, unit)
PageOf(ptr) == ptr \div PageUnits
Pages(from, to) == PageOf(from)..(PageOf(to) - 1)

RegionPages == 0..(PageOf(Ends[Len(BlockUnits)]) - 1)
Blocks(i) == 0..(BlockCounts[i] - 1)
Count(i, units) == Up(units, BlockUnits[i]) \div BlockUnits[i]

\* Blocks of at least a page, of which only the pages that were asked for are mapped.
Large(i) == BlockUnits[i] >= PageUnits
=============================================================================
