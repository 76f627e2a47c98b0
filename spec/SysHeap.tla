------------------------------ MODULE SysHeap ------------------------------
(***************************************************************************)
(* The heap of user-space LL threads: a small sys_heap in their partition, *)
(* beside it an object of the kernel. User threads allocate and free by    *)
(* system call; the kernel runs the allocator of SysHeapChunks for them.   *)
(* One of them may be hostile: it stores into a chunk header where it can, *)
(* frees what is no block, and asks for alignments that make no sense.     *)
(*                                                                         *)
(* Models z_vrfy_sof_heap_alloc() and z_vrfy_sof_heap_free(), SOF          *)
(* zephyr/syscall/alloc.c, with z_impl_sof_heap_alloc() and _free(),       *)
(* zephyr/lib/alloc.c, at 12dd726529, in a build that does not round       *)
(* requests to cache lines. Each call holds the spinlock of the heap and   *)
(* is one step here.                                                       *)
(***************************************************************************)
EXTENDS SysHeapChunks

CONSTANTS
  Slots,      \* the pointers that user threads keep
  Sizes,      \* bytes to ask for; -1 is 2^32 - 1
  Aligns,     \* alignments to ask for
  Offsets,    \* how far behind the start of a block to free it, in bytes
  Careless,   \* whether threads keep the pointers that they freed
  Writes,     \* how many half-words the hostile thread stores
  Targets,    \* the units that it stores into
  Fields,     \* the fields that it stores into
  Values      \* what it stores

VARIABLES
  mem,        \* the units that are not all zero: headers, links, the z_heap
  writable,   \* the units of the heap's metadata that user threads may write
  held,       \* held[s]: the block, or what is left of the pointer to it
  budget,     \* how many half-words the hostile thread may still store
  result      \* the last call: its argument, and how it ended

vars == <<mem, writable, held, budget, result>>

ASSUME ClientsAssumption ==
  /\ Careless \in BOOLEAN
  /\ Targets \subseteq 0..Units
  /\ Fields \subseteq {"LEFT_SIZE", "SIZE_AND_USED", "FREE_PREV", "FREE_NEXT"}

Heap == [mem |-> mem, end |-> "-"]

\* The object: the count and the limit of a semaphore. Its first unit is the
\* first one behind the page that the heap's metadata is in.
KernelObject == PageUnits
KernelInit == [Zero EXCEPT !.left = 1, !.prev = 1]

NoPointer == [at |-> 0, bytes |-> 0, align |-> 0, live |-> FALSE]
Stops == {"PANIC", "ASSERT", "UNMAPPED"}

TypeOK ==
  /\ \A c \in DOMAIN mem : Mapped(c) /\ mem[c] # Zero
  /\ writable \subseteq 0..Units
  /\ held \in [Slots -> [at : 0..(2 * 8 * PageUnits), bytes : {0} \cup Sizes,
                         align : {0} \cup Aligns, live : BOOLEAN]]
  /\ budget \in 0..Writes
  /\ result \in [call : {"-", "alloc", "free", "write"},
                 argument : {"-", "valid", "align", "inside", "stray"},
                 end : {"-", "done", "NULL", "killed"} \cup Stops]

Init ==
  /\ mem = Put(EmptyHeap, KernelObject, KernelInit).mem
  /\ writable = IF Fixed("O-26") THEN {} ELSE 0..Units
  /\ held = [s \in Slots |-> NoPointer]
  /\ budget = Writes
  /\ result = [call |-> "-", argument |-> "-", end |-> "-"]

\* The allocator reads headers, and links in free chunks. What else memory
\* holds matters only if somebody makes a header of it, so that else it is
\* left out, and with it max_allocated_bytes, on which nothing depends.
Harmless == (Writes = 0 /\ ~Careless) \/ (Fixed("O-26") /\ Fixed("O-27"))
Seen(h) ==
  IF ~Harmless THEN h.mem
  ELSE LET headers == Walk(h)
           m == SetWord(h, MaximumWord, 0).mem
           kept == DOMAIN m \cap (headers \cup 0..(First - 1) \cup {KernelObject})
       IN  TLCEval([c \in kept |-> IF c \in headers /\ Used(h, c)
                                    THEN [m[c] EXCEPT !.prev = 0, !.next = 0]
                                    ELSE m[c]])

Running == result.end \notin Stops
Ended(call, argument, end) == result' = [call |-> call, argument |-> argument, end |-> end]

-----------------------------------------------------------------------------
HeapBytes == IF Fixed("O-26") THEN UnitBytes * (Units - First) ELSE 8 * (Units + 1)

(* sof_heap_alloc() by a user thread. With O-27 an alignment that is no    *)
(* power of two, or larger than a page, kills it; a size larger than the   *)
(* heap gives NULL before the allocator sees it.                           *)
GoodAlign(a) == a = 0 \/ (IsPowerOfTwo(a) /\ a <= 4096)
TooLarge(n) == n < 0 \/ n > HeapBytes

Alloc(s, n, a) ==
  /\ Running /\ ~held[s].live
  /\ UNCHANGED <<writable, budget>>
  /\ LET argument == IF GoodAlign(a) THEN "valid" ELSE "align"
     IN  IF Fixed("O-27") /\ ~GoodAlign(a)
           THEN Ended("alloc", argument, "killed") /\ UNCHANGED <<mem, held>>
         ELSE IF Fixed("O-27") /\ TooLarge(n)
           THEN Ended("alloc", argument, "NULL") /\ UNCHANGED <<mem, held>>
         ELSE \E got \in {AlignedAlloc(Heap, n, a)} :
           /\ mem' = Seen(got.heap)
           /\ IF ~Going(got.heap)
                THEN Ended("alloc", argument, got.heap.end) /\ UNCHANGED held
              ELSE IF got.at = Nowhere
                THEN Ended("alloc", argument, "NULL") /\ UNCHANGED held
              ELSE /\ Ended("alloc", argument, "done")
                   /\ held' = [held EXCEPT ![s] = [at |-> got.at, bytes |-> n,
                                                   align |-> a, live |-> TRUE]]

(* sof_heap_free() by a user thread. The verifier kills it if the pointer  *)
(* is not in the heap, and with O-27, for which it walks the heap, if no   *)
(* live block starts there.                                                *)
StartsAt(p) == {s \in Slots : held[s].live /\ held[s].at = p}
Around(p) == {s \in Slots : /\ held[s].live
                            /\ held[s].at < p /\ p < held[s].at + held[s].bytes}
Argument(p) == IF StartsAt(p) # {} THEN "valid"
               ELSE IF Around(p) # {} THEN "inside" ELSE "stray"

IsBlock(h, p) ==
  LET c == ChunkOf(h, p)
  IN  /\ c \in Walk(h) \ {0, Units} /\ Used(h, c)
      /\ Fixed("O-26") => p = Memory(h, c)

\* Whoever holds the block that starts there has lost it.
Gone(p) == [s \in Slots |->
              IF s \notin StartsAt(p) THEN held[s]
              ELSE IF Careless THEN [held[s] EXCEPT !.live = FALSE]
              ELSE NoPointer]

Free(s, o) ==
  /\ Running /\ held[s].bytes # 0
  /\ UNCHANGED <<writable, budget>>
  /\ LET p == held[s].at + o
     IN  IF p >= HeapBytes \/ (Fixed("O-27") /\ ~IsBlock(Heap, p))
           THEN Ended("free", Argument(p), "killed") /\ UNCHANGED <<mem, held>>
         ELSE \E h \in {FreeBlock(Heap, p)} :
           /\ mem' = Seen(h)
           /\ IF Going(h)
                THEN Ended("free", Argument(p), "done") /\ held' = Gone(p)
                ELSE Ended("free", Argument(p), h.end) /\ UNCHANGED held

-----------------------------------------------------------------------------
(* A user thread stores a half-word where the header of a chunk is, or     *)
(* would be. It dies if that is not in memory that it may write.           *)
Forged(h, c, field, v) ==
  CASE field = "LEFT_SIZE"     -> SetLeft(h, c, v)
    [] field = "SIZE_AND_USED" -> Put(h, c, [Unit(h, c) EXCEPT !.units = v \div 2,
                                                              !.used = v % 2])
    [] field = "FREE_PREV"     -> SetFreePrev(h, c, v)
    [] field = "FREE_NEXT"     -> SetFreeNext(h, c, v)

Overwrite(c, field, v) ==
  /\ Running /\ budget > 0
  /\ budget' = budget - 1
  /\ UNCHANGED <<writable, held>>
  /\ IF c \in writable
       THEN Ended("write", "-", "done") /\ mem' = Forged(Heap, c, field, v).mem
       ELSE Ended("write", "-", "killed") /\ UNCHANGED mem

Next ==
  \/ \E s \in Slots, n \in Sizes, a \in Aligns : Alloc(s, n, a)
  \/ \E s \in Slots, o \in Offsets : Free(s, o)
  \/ \E c \in Targets, field \in Fields, v \in Values : Overwrite(c, field, v)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Live == {s \in Slots : held[s].live}
Chunks == Walk(Heap)
FreeChunks == {c \in Chunks : ~Used(Heap, c)}

\* HEAP-3 BlocksDisjoint: every live block lies in a used chunk of its own,
\* behind the header, as long and as aligned as was asked for.
BlocksDisjointInv ==
  /\ \A s \in Live :
       LET c == ChunkOf(Heap, held[s].at)
       IN  /\ c \in Chunks \ {0, Units} /\ Used(Heap, c)
           /\ held[s].at >= Memory(Heap, c)
           /\ held[s].at + held[s].bytes <= Memory(Heap, c) + Usable(Heap, c)
           /\ held[s].align # 0 => held[s].at % held[s].align = 0
  /\ \A s, t \in Live : s # t => ChunkOf(Heap, held[s].at) # ChunkOf(Heap, held[t].at)

\* HEAP-4 ChunkWalk: walking right from chunk 0 ends at the end chunk, and
\* each chunk knows the size of its left neighbor.
ChunkWalkInv ==
  /\ Units \in Chunks
  /\ \A c \in Chunks \ {Units} : Left(Heap, Right(Heap, c)) = c

\* HEAP-5 Buckets: the list of each bucket is a ring of exactly the free
\* chunks of its sizes, and its bit says whether there are any.
RECURSIVE Ring(_, _)
Ring(c, seen) == IF c \in seen THEN seen ELSE Ring(FreeNext(Heap, c), seen \cup {c})
BucketsInv ==
  \A b \in 0..(Buckets - 1) :
    LET members == {c \in FreeChunks : Bucket(Size(Heap, c)) = b}
        head == Head(Heap, b)
    IN  /\ Bit(Heap, b) <=> members # {}
        /\ members = IF head = 0 THEN {} ELSE Ring(head, {})
        /\ \A c \in members : FreePrev(Heap, FreeNext(Heap, c)) = c

\* HEAP-6 Coalesced: no two neighbors are both free.
CoalescedInv == \A c \in FreeChunks : Used(Heap, Right(Heap, c))

\* HEAP-7 Conservation: the chunks make up the heap, and the statistics are
\* the bytes in free chunks and in blocks.
RECURSIVE Total(_)
Total(S) == IF S = {} THEN 0
            ELSE LET c == CHOOSE x \in S : TRUE IN Size(Heap, c) + Total(S \ {c})
BytesIn(S) == UnitBytes * Total(S) - HeaderBytes * Cardinality(S)
ConservationInv ==
  /\ Total(Chunks) = Units
  /\ Word(Heap, FreeBytesWord) = BytesIn(FreeChunks)
  /\ Word(Heap, AllocatedBytesWord) = BytesIn(Chunks \ (FreeChunks \cup {0, Units}))

\* HEAP-8 NoDoubleFree: what is freed is the start of a live block.
NoDoubleFreeInv == result.call = "free" /\ result.end = "done" => result.argument = "valid"

\* HEAP-11 FailClean: an allocation that fails changes nothing but the order
\* of the chunks in their lists.
Shape == [c \in Chunks |-> <<Left(Heap, c), Used(Heap, c)>>]
Listed == [b \in 0..(Buckets - 1) |-> IF Head(Heap, b) = 0 THEN {} ELSE Ring(Head(Heap, b), {})]
FailCleanProp ==
  [][result'.end = "NULL" => /\ UNCHANGED held
                             /\ UNCHANGED mem \/ UNCHANGED <<Shape, Listed>>]_vars

\* HEAP-17 OverflowSafe: nobody gets a block for a size that no heap has.
OverflowSafeInv == \A s \in Live : held[s].bytes >= 0

\* HEAP-18 InteriorFreeRejected: a pointer into a live block is not freed.
InteriorFreeRejectedInv == ~(result.argument = "inside" /\ result.end = "done")

\* ISO-2 KernelNeverTrustsUserPtr: whatever is in user memory, the allocator
\* writes nothing to the kernel's, which begins behind the page of the heap.
KernelNeverTrustsUserPtrInv ==
  /\ {c \in DOMAIN mem : c >= PageUnits} = {KernelObject}
  /\ mem[KernelObject] = KernelInit

\* ISO-5 SyscallVerifyComplete: no call with a bad alignment or pointer gets
\* past the verifier.
SyscallVerifyCompleteInv ==
  result.argument \in {"align", "inside", "stray"} => result.end = "killed"

\* ISO-8 HeapConfinement: what a user thread gets lies in its heap.
HeapConfinementInv == \A s \in Live : held[s].at < HeapBytes

\* ISO-10 UserCannotPanicKernel: at worst the calling thread is killed.
UserCannotPanicKernelInv == Running

\* MEM-8 MetadataOutsideUser: user threads write no metadata of the heap.
MetadataOutsideUserInv == writable = {}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachNoMemory == result.end = "NULL"
ReachFragmented == Cardinality(FreeChunks) >= 2
ReachSharedBucket == \E c \in FreeChunks : FreeNext(Heap, c) # c
ReachStop == ~Running
ReachKilled == result.end = "killed"
=============================================================================
