----------------------------- MODULE VirtualHeap -----------------------------
(***************************************************************************)
(* The virtual heap: allocators of blocks of one size each, in a virtual   *)
(* region whose pages get physical memory with the first block in them and *)
(* lose it with the last.                                                  *)
(*                                                                         *)
(* Models vmh_alloc() and vmh_free(), SOF zephyr/lib/regions_mm.c at       *)
(* 12dd726529, and the panic of their caller virtual_heap_free() in        *)
(* zephyr/lib/alloc.c. Each call is two steps, where another thread can    *)
(* come between them if there is no mutex: first the bitmaps (each of      *)
(* Zephyr's bitmap calls holds a spinlock, so they are atomic), then the   *)
(* pages. Addresses and sizes are in units from the start of the region.   *)
(*                                                                         *)
(* Clients keep pointers and free what they hold, in any order. Strangers  *)
(* free a pointer into the middle of a block that somebody holds: such a   *)
(* block may be a heap itself, and the stranger took from that heap.       *)
(***************************************************************************)
EXTENDS VirtualHeapMemory

VARIABLES
  lock,        \* the thread that has the mutex, or NoThread
  call,        \* call[t]: the call that a thread is in
  held,        \* held[s]: the block that a client holds
  result       \* what the last step returned, if it ended a call

vars == <<heapVars, lock, call, held, result>>

-----------------------------------------------------------------------------
(* Threads and clients.                                                    *)

NoThread == "-"
NoSlot == "-"

Nothing == [at |-> 0, units |-> 0, align |-> 0]

\* In the middle of a call: for a client, or for a stranger.
Frame(pc, s, i, at, units, align) ==
  [pc |-> pc, slot |-> s, allocator |-> i, at |-> at, units |-> units, align |-> align]
Idle == Frame("idle", NoSlot, 0, 0, 0, 0)

\* A panic or a fault in the kernel stops everything; an endless loop only
\* keeps the mutex.
Running == \A t \in Threads : call[t].pc \notin {"panic", "fault"}

\* May a thread enter the heap?
Enters(t) == Running /\ call[t] = Idle /\ lock = NoThread
Locked(t) == IF Broken("B-77") THEN NoThread ELSE t

Unused(s) == held[s] = Nothing /\ \A t \in Threads : call[t].slot # s

TypeOK ==
  /\ contiguous \in BOOLEAN
  /\ DOMAIN taken = Slot /\ \A i \in Slot : taken[i] \subseteq Blocks(i)
  /\ DOMAIN continues = Slot /\ \A i \in Slot : continues[i] \subseteq Blocks(i)
  /\ mapped \subseteq RegionPages
  /\ physical \in 0..PhysicalPages
  /\ lock \in Threads \cup {NoThread}
  /\ DOMAIN call = Threads
  /\ \A t \in Threads :
       /\ call[t].pc \in {"idle", "map", "unmap", "panic", "fault", "hang"}
       /\ call[t].slot \in Slots \cup {NoSlot}
       /\ call[t].allocator \in {0} \cup Allocator
  /\ DOMAIN held = Slots
  /\ \A s \in Slots : held[s] = Nothing \/ held[s].units \in Sizes
  /\ result \in {"-", "allocated", "NULL", "freed", "EINVAL", "EFAULT"}

Init ==
  /\ contiguous \in Modes
  /\ taken = [i \in Slot |-> {}]
  /\ continues = [i \in Slot |-> {}]
  /\ mapped = {}
  /\ physical = PhysicalPages
  /\ lock = NoThread
  /\ call = [t \in Threads |-> Idle]
  /\ held = [s \in Slots |-> Nothing]
  /\ result = "-"

-----------------------------------------------------------------------------
(* _vmh_alloc(): blocks first.                                             *)

\* Only a contiguous heap puts several blocks together. With B-78b the size
\* that is compared is the one of the allocator before; it starts as 0, and
\* whoever is found too small has his own size never looked at.
LargeEnough(i, n) ==
  \/ contiguous
  \/ IF Broken("B-78b") THEN 0 >= n
     ELSE IF Broken("B-78a") THEN BlockUnits[i] > n
     ELSE BlockUnits[i] >= n

\* That a block is aligned as asked is only asserted, when it is taken already.
Aligned(i, align) == BlockUnits[i] % align = 0 /\ Buffer(i) % align = 0

Serves(i, n, align) ==
  /\ LargeEnough(i, n)
  /\ Fixed("R-22") => Aligned(i, align)
  /\ Count(i, n) <= BlockCounts[i]
  /\ Fitting(i, Count(i, n)) # {}

First(S) == CHOOSE i \in S : \A j \in S : i <= j

Alloc(t, s, n, align) ==
  /\ Enters(t) /\ Unused(s)
  /\ UNCHANGED <<contiguous, mapped, physical, held>>
  /\ LET candidates == {i \in Allocator : Serves(i, n, align)}
     IN  IF candidates = {}
           THEN /\ result' = "NULL"
                /\ UNCHANGED <<taken, continues, lock, call>>
           ELSE LET i == First(candidates)
                    count == Count(i, n)
                    first == Best(i, count)[1]
                IN  /\ taken' = [taken EXCEPT ![i] = @ \cup first..(first + count - 1)]
                    /\ continues' = [continues EXCEPT ![i] = @ \cup first..(first + count - 2)]
                    /\ call' = [call EXCEPT ![t] =
                                  Frame("map", s, i, Address(i, first), n, align)]
                    /\ lock' = Locked(t)
                    /\ result' = "-"

-----------------------------------------------------------------------------
(* _vmh_alloc(), then pages: if there are too few of them, those that were *)
(* mapped are unmapped, and the blocks are free again.                     *)

\* The n lowest of a set of numbers, or all of them.
Lowest(n, S) == {x \in S : Cardinality({y \in S : y < x}) < n}

Map(t) ==
  /\ Running /\ call[t].pc = "map"
  /\ LET c == call[t]
         i == c.allocator
         pages == IF Large(i) THEN Pages(c.at, Up(c.at + c.units, PageUnits))
                              ELSE OwnPages(i, c.at, c.units)
         first == BlockAt(i, c.at)
         blocks == first..(first + Count(i, c.units) - 1)
     IN  IF Cardinality(pages) <= physical
           THEN /\ mapped' = mapped \cup pages
                /\ physical' = physical - Cardinality(pages)
                /\ held' = [held EXCEPT ![c.slot] =
                             [at |-> c.at, units |-> c.units, align |-> c.align]]
                /\ result' = "allocated"
                /\ UNCHANGED <<taken, continues>>
           ELSE LET done == Lowest(physical, pages)
                    now == pages \cap (mapped \cup done)
                IN  /\ mapped' = mapped \ pages
                    /\ physical' = physical - Cardinality(done) + Cardinality(now)
                    /\ taken' = [taken EXCEPT ![i] = @ \ blocks]
                    /\ continues' = IF Fixed("R-04")
                                      THEN [continues EXCEPT ![i] = @ \ blocks]
                                      ELSE continues
                    /\ result' = "NULL"
                    /\ UNCHANGED held
  /\ call' = [call EXCEPT ![t] = Idle]
  /\ lock' = NoThread
  /\ UNCHANGED contiguous

-----------------------------------------------------------------------------
(* _vmh_free(): blocks first.                                              *)

\* The call ends with an error. The mutex is free again, and the caller panics.
Refuse(t, s, ptr, error) ==
  /\ call' = [call EXCEPT ![t] = Frame("panic", s, 0, ptr, 0, 0)]
  /\ lock' = NoThread
  /\ result' = error
  /\ UNCHANGED heapVars

\* What frees ptr, for a client or for a stranger.
Release(t, s, ptr) ==
  LET i == CHOOSE j \in Allocator : Inside(j, ptr)
      first == BlockAt(i, ptr)
      count == IF contiguous THEN Run(i, first) ELSE 1
      gone == first..(first + count - 1)
  IN  IF Broken("B-79b") /\ \E j \in 1..i : BlockUnits[j] = 0
        THEN /\ call' = [call EXCEPT ![t] = Frame("fault", s, 0, ptr, 0, 0)]
             /\ lock' = Locked(t)
             /\ result' = "-"
             /\ UNCHANGED heapVars
      ELSE IF Fixed("R-20") /\ Address(i, first) # ptr
        THEN Refuse(t, s, ptr, "EINVAL")
      ELSE IF contiguous /\ first - 1 \in continues[i]
        THEN Refuse(t, s, ptr, "EINVAL")
      ELSE IF ~(gone \subseteq taken[i])
        THEN Refuse(t, s, ptr, "EFAULT")
      ELSE /\ taken' = [taken EXCEPT ![i] = @ \ gone]
           /\ continues' = IF contiguous /\ ~Broken("B-78c")
                             THEN [continues EXCEPT ![i] = @ \ gone]
                             ELSE continues
           /\ call' = [call EXCEPT ![t] = Frame("unmap", s, i, ptr, count * BlockUnits[i], 0)]
           /\ lock' = Locked(t)
           /\ result' = "-"
           /\ UNCHANGED <<contiguous, mapped, physical>>

\* A client gives up its pointer, whatever becomes of the block.
Free(t, s) ==
  /\ Enters(t) /\ held[s] # Nothing
  /\ held' = [held EXCEPT ![s] = Nothing]
  /\ Release(t, s, held[s].at)

\* A stranger frees a pointer into a block that a client holds and goes on using.
FreeInside(t, s, offset) ==
  /\ Enters(t) /\ offset < held[s].units
  /\ UNCHANGED held
  /\ Release(t, NoSlot, held[s].at + offset)

-----------------------------------------------------------------------------
(* _vmh_free(), then pages.                                                *)

Freed(t) ==
  /\ call' = [call EXCEPT ![t] = Idle]
  /\ lock' = NoThread
  /\ result' = "freed"

Panic(t, error) ==
  /\ call' = [call EXCEPT ![t].pc = "panic"]
  /\ lock' = NoThread
  /\ result' = error

\* sys_mm_drv_unmap_region() goes on after a page that is not mapped.
UnmapPages(t, pages) ==
  /\ mapped' = mapped \ pages
  /\ physical' = physical + Cardinality(mapped \cap pages)
  /\ IF pages \subseteq mapped THEN Freed(t) ELSE Panic(t, "EFAULT")

Unmap(t) ==
  /\ Running /\ call[t].pc = "unmap"
  /\ LET c == call[t]
         i == c.allocator
         end == MappedEnd(c.at, c.units)
     IN  IF ~Large(i)
           THEN UnmapPages(t, OwnPages(i, c.at, c.units))
         ELSE IF end = Forever
           THEN /\ call' = [call EXCEPT ![t].pc = "hang"]
                /\ result' = "-"
                /\ UNCHANGED <<mapped, physical, lock>>
         ELSE IF c.at % PageUnits # 0
           THEN Panic(t, "EINVAL") /\ UNCHANGED <<mapped, physical>>
         ELSE UnmapPages(t, Pages(c.at, end))
  /\ UNCHANGED <<contiguous, taken, continues, held>>

Next ==
  \/ \E t \in Threads, s \in Slots, n \in Sizes, a \in Aligns : Alloc(t, s, n, a)
  \/ \E t \in Threads : Map(t)
  \/ \E t \in Threads, s \in Slots : Free(t, s)
  \/ \E t \in Threads, s \in Slots, o \in Offsets : FreeInside(t, s, o)
  \/ \E t \in Threads : Unmap(t)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties.                                                             *)

Live == {s \in Slots : held[s] # Nothing}
Quiet == \A t \in Threads : call[t] = Idle

\* The allocator that a block came from, its blocks there, and its pages.
Origin(b) == CHOOSE i \in Allocator : Inside(i, b.at)
BlocksOf(b) == LET i == Origin(b)
                   first == BlockAt(i, b.at)
               IN  first..(first + Count(i, b.units) - 1)
PagesOf(b) == PageOf(b.at)..PageOf(b.at + b.units - 1)
LivePages == UNION {PagesOf(held[s]) : s \in Live}
Range(b) == b.at..(b.at + b.units - 1)

\* HEAP-2 FreeToOrigin: a free of what a client holds reaches the allocator that
\* the block came from, and the block is free there.
FreeToOriginProp ==
  [][\A t \in Threads, s \in Slots : Free(t, s) =>
       BlocksOf(held[s]) \cap taken'[Origin(held[s])] = {}]_vars

\* HEAP-3 BlocksDisjoint: blocks that clients hold share no memory, start where a
\* block starts, are aligned as asked, are marked as taken, and all their pages are
\* mapped.
BlocksDisjointInv ==
  /\ \A s, u \in Live : s # u => Range(held[s]) \cap Range(held[u]) = {}
  /\ \A s \in Live :
       LET i == Origin(held[s])
       IN  /\ Address(i, BlockAt(i, held[s].at)) = held[s].at
           /\ held[s].at % held[s].align = 0
           /\ BlocksOf(held[s]) \subseteq taken[i]
           /\ PagesOf(held[s]) \subseteq mapped

\* HEAP-7 Conservation: between calls, each physical page is free or mapped, and
\* exactly the pages of live blocks are mapped.
ConservationInv ==
  Quiet => /\ mapped = LivePages
           /\ physical + Cardinality(mapped) = PhysicalPages

\* HEAP-8 NoDoubleFree: what a free of a held block gives back is that block and
\* no other one.
NoDoubleFreeProp ==
  [][\A t \in Threads, s \in Slots : Free(t, s) =>
       \A i \in Slot : taken[i] \ taken'[i] \subseteq
         (IF i = Origin(held[s]) THEN BlocksOf(held[s]) ELSE {})]_vars

\* HEAP-11 FailClean: an allocation that fails leaves nothing behind: no block,
\* no size, no page.
FailCleanProp ==
  [][\A t \in Threads : call[t].pc = "map" /\ result' = "NULL" /\ call'[t] = Idle =>
       LET i == call[t].allocator
       IN  /\ BlocksOf(call[t]) \cap (taken'[i] \cup continues'[i]) = {}
           /\ UNCHANGED <<mapped, physical>>]_vars

\* Alloc() does nothing, or leaves a frame that says what was asked for.
Asked(frame, s, n, align) == frame.slot = s /\ frame.units = n /\ frame.align = align

\* HEAP-12 Selection: an allocation takes its blocks from the allocator with the
\* smallest blocks that are large enough, aligned and free, and fails only if there
\* is none.
Candidates(n, align) ==
  {i \in Allocator : /\ contiguous \/ BlockUnits[i] >= n
                     /\ Aligned(i, align)
                     /\ \E first \in Blocks(i) :
                          first..(first + Count(i, n) - 1) \subseteq Blocks(i) \ taken[i]}
SelectionProp ==
  [][\A t \in Threads, s \in Slots, n \in Sizes, a \in Aligns :
       (UNCHANGED call \/ Asked(call'[t], s, n, a)) /\ Alloc(t, s, n, a) =>
         LET candidates == Candidates(n, a)
             chosen == call'[t].allocator
         IN  IF candidates = {}
               THEN result' = "NULL"
               ELSE /\ call'[t].pc = "map" /\ chosen \in candidates
                    /\ \A i \in candidates : BlockUnits[chosen] <= BlockUnits[i]]_vars

\* HEAP-14 NoLeakAfterTeardown: when nobody holds anything, everything is as it
\* was at the start.
NoLeakAfterTeardownInv ==
  Live = {} /\ Quiet =>
    /\ \A i \in Slot : taken[i] = {} /\ continues[i] = {}
    /\ mapped = {} /\ physical = PhysicalPages

\* HEAP-18 InteriorFreeRejected: a free of a pointer into the middle of a block
\* changes nothing in the heap.
InteriorFreeRejectedProp ==
  [][\A t \in Threads, s \in Slots, o \in Offsets :
       FreeInside(t, s, o) => UNCHANGED heapVars]_vars

\* ISO-10 UserCannotPanicKernel: whoever frees only what it holds stops nothing,
\* and whatever is freed, no call runs for ever or follows a bad pointer.
NoPanicInv ==
  \A t \in Threads : /\ call[t].pc \notin {"fault", "hang"}
                     /\ call[t].pc = "panic" => call[t].slot = NoSlot

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)

ReachSharedPage == \E s, u \in Live : s # u /\ PagesOf(held[s]) \cap PagesOf(held[u]) # {}
ReachNoPages == \E t \in Threads : call[t].pc = "map" /\ physical = 0
ReachPartlyMapped == \E s \in Live : Large(Origin(held[s]))
                       /\ held[s].units + PageUnits <= BlockUnits[Origin(held[s])]
ReachRun == \E i \in Slot : continues[i] # {}
ReachWaiting == \E t, u \in Threads : t # u /\ call[t] = Idle /\ lock = u

\* A stranger frees a pointer into one block, and a block that nobody has touched
\* loses its memory.
ReachBystander == \E s \in Live : LET i == Origin(held[s])
                                  IN  /\ BlocksOf(held[s]) \subseteq taken[i]
                                      /\ ~(PagesOf(held[s]) \subseteq mapped)
=============================================================================
