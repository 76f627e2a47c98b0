--------------------------- MODULE SysHeapChunks ---------------------------
(***************************************************************************)
(* Zephyr's sys_heap as operators on memory, in the order of the C code:   *)
(* each takes a heap h and gives the heap after it. h.mem is the memory    *)
(* in units of 8 bytes, each with the four 16-bit fields of a chunk        *)
(* header; all of it can be read and written, the z_heap, stale headers    *)
(* and what lies beyond the heap included, so that a damaged heap does     *)
(* here exactly what it does there. h.end says what stopped the code, and  *)
(* "-" while it runs; nothing happens after that.                          *)
(*                                                                         *)
(* Models lib/heap/heap.c and heap.h of the Zephyr that SOF builds at      *)
(* 12dd726529: small headers, three tries per bucket, statistics.          *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back, a subset of AllDefects
  Units,     \* id of the end chunk: the units of the heap before it
  Debug      \* a build with assertions and with moderate heap hardening

AllFixes == {
  "O-26",   \* chunk headers in a table in kernel memory
  "O-27"}   \* the system calls check alignment, size and pointer
AllDefects == {
  "S-10",   \* seeded: an aligned allocation forgets the gap before the block
  "S-11",   \* seeded: a split leaves LEFT_SIZE of the right neighbor as it was
  "S-12",   \* seeded: the bit of an emptied bucket stays set
  "S-13",   \* seeded: a freed chunk is not merged with its left neighbor
  "S-14",   \* seeded: a chunk that leaves its list still counts as free
  "S-15",   \* seeded: a chunk that does not fit is dropped instead of skipped
  "S-16"}   \* seeded: the size of a request wraps, and is not clamped

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Units \in 8..255
  /\ Debug \in BOOLEAN

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

Min(a, b) == IF a < b THEN a ELSE b
CeilDiv(a, b) == (a + b - 1) \div b
Log2(n) == CHOOSE k \in 0..15 : 2^k <= n /\ n < 2^(k + 1)

-----------------------------------------------------------------------------
(* Memory: a page that the headers are in, and a page of the kernel.       *)
PageUnits == 512
Mapped(c) == c \in 0..(2 * PageUnits - 1)

Zero == [left |-> 0, units |-> 0, used |-> 0, prev |-> 0, next |-> 0]

Going(h) == h.end = "-"
Stop(h, why) == IF Going(h) THEN [h EXCEPT !.end = why] ELSE h
Wild(h) == Stop(h, "UNMAPPED")

Unit(h, c) == IF c \in DOMAIN h.mem THEN h.mem[c] ELSE Zero
Touch(h, c) == IF Mapped(c) THEN h ELSE Wild(h)
Put(h, c, r) ==
  IF ~Going(h) THEN h
  ELSE IF ~Mapped(c) THEN Wild(h)
  ELSE LET m == h.mem
           rest == DOMAIN m \ {c}
       IN  [h EXCEPT !.mem = TLCEval(IF r = Zero
                                       THEN [u \in rest |-> m[u]]
                                       ELSE [u \in rest \cup {c} |->
                                               IF u = c THEN r ELSE m[u]])]

\* The fields of a chunk header. Setting the size clears the used bit.
Left(h, c) == c - Unit(h, c).left
Size(h, c) == Unit(h, c).units
Right(h, c) == c + Size(h, c)
Used(h, c) == Unit(h, c).used = 1
FreePrev(h, c) == Unit(h, c).prev
FreeNext(h, c) == Unit(h, c).next
SetSize(h, c, n) == Put(h, c, [Unit(h, c) EXCEPT !.units = n % 2^15, !.used = 0])
SetUsed(h, c, bit) == Put(h, c, [Unit(h, c) EXCEPT !.used = bit])
SetLeft(h, c, n) == Put(h, c, [Unit(h, c) EXCEPT !.left = n % 2^16])
SetFreePrev(h, c, id) == Put(h, c, [Unit(h, c) EXCEPT !.prev = id % 2^16])
SetFreeNext(h, c, id) == Put(h, c, [Unit(h, c) EXCEPT !.next = id % 2^16])

\* Words of 32 bits, by their number; what is below zero is that plus 2^32.
Signed(lo, hi) == lo + 2^16 * (IF hi >= 2^15 THEN hi - 2^16 ELSE hi)
Word(h, w) ==
  LET u == Unit(h, w \div 2)
  IN  IF w % 2 = 0 THEN Signed(u.left, 2 * u.units + u.used)
                   ELSE Signed(u.prev, u.next)
SetWord(h, w, n) ==
  LET c == w \div 2
      lo == n % 2^16
      hi == (n \div 2^16) % 2^16
  IN  IF w % 2 = 0
        THEN Put(h, c, [Unit(h, c) EXCEPT !.left = lo, !.units = hi \div 2,
                                          !.used = hi % 2])
        ELSE Put(h, c, [Unit(h, c) EXCEPT !.prev = lo, !.next = hi])

-----------------------------------------------------------------------------
(* struct z_heap, and where the memory of a chunk lies. In band, a block   *)
(* begins behind the 4 bytes of its header, and addresses are counted from *)
(* the z_heap. With O-26 each unit stands for a cache line of an area      *)
(* without headers, and addresses are counted from the start of the area.  *)
EndWord == 2
AvailWord == 3
FreeBytesWord == 4
AllocatedBytesWord == 5
MaximumWord == 6
HeadsWord == IF Fixed("O-26") THEN 8 ELSE 7

UnitBytes == IF Fixed("O-26") THEN 64 ELSE 8
HeaderBytes == IF Fixed("O-26") THEN 0 ELSE 4
Alignment == IF Fixed("O-26") THEN UnitBytes ELSE HeaderBytes

End(h) == Word(h, EndWord)
Memory(h, c) == IF Fixed("O-26") THEN UnitBytes * (c - Size(h, 0))
                                 ELSE UnitBytes * c + HeaderBytes
ChunkOf(h, p) == IF Fixed("O-26") THEN Size(h, 0) + p \div UnitBytes
                                  ELSE (p - HeaderBytes) \div UnitBytes
UnitAfter(h, p) == CeilDiv(p, UnitBytes) + (IF Fixed("O-26") THEN Size(h, 0) ELSE 0)
Usable(h, c) == UnitBytes * Size(h, c) - HeaderBytes

\* chunksz(): a request of 2^31 bytes or more is written as less than zero.
UnitsFor(h, bytes, gap) ==
  LET n == CeilDiv(bytes + gap + HeaderBytes, UnitBytes)
  IN  IF Broken("S-16") THEN n
      ELSE IF bytes < 0 THEN End(h) ELSE Min(n, End(h))

NoBucket == -1
Bucket(n) == IF n = 0 THEN NoBucket ELSE Log2(n)

Head(h, b) == Word(h, HeadsWord + b)
SetHead(h, b, c) == IF b = NoBucket THEN Wild(h) ELSE SetWord(h, HeadsWord + b, c)
Bit(h, b) == LET u == Unit(h, AvailWord \div 2)
             IN  IF b < 16 THEN (u.prev \div 2^b) % 2 = 1
                           ELSE (u.next \div 2^(b - 16)) % 2 = 1
SetBit(h, b) == IF Bit(h, b) THEN h ELSE SetWord(h, AvailWord, Word(h, AvailWord) + 2^b)
ClearBit(h, b) == IF b = NoBucket \/ ~Bit(h, b) THEN h
                  ELSE SetWord(h, AvailWord, Word(h, AvailWord) - 2^b)
Count(h, word, bytes) == SetWord(h, word, Word(h, word) + bytes)
Above(a, b) == IF (a < 0) = (b < 0) THEN a > b ELSE a < 0   \* as unsigned words
CountAllocated(h, bytes) ==
  LET h1 == Count(h, AllocatedBytesWord, bytes)
      now == Word(h1, AllocatedBytesWord)
  IN  IF Above(now, Word(h1, MaximumWord)) THEN SetWord(h1, MaximumWord, now) ELSE h1

-----------------------------------------------------------------------------
(* free_list_add(), free_list_remove_bidx()                                *)
Add(h, c) ==
  LET b == Bucket(Size(h, c))
      first == Head(h, b)
  IN  IF b = NoBucket THEN Wild(h)
      ELSE Count(
        IF first = 0
          THEN LET h1 == SetHead(SetBit(h, b), b, c)
               IN  SetFreeNext(SetFreePrev(h1, c, c), c, c)
          ELSE LET tail == FreePrev(h, first)
                   h1 == SetFreePrev(Touch(h, first), c, tail)
                   h2 == SetFreeNext(h1, c, first)
               IN  SetFreePrev(SetFreeNext(h2, tail, c), first, c),
        FreeBytesWord, Usable(h, c))

\* Moderate hardening: the chunk is free and fits its neighbors.
CheckFree(h, c, prev, next) ==
  LET fits == /\ ~Used(h, c)
              /\ Left(h, Right(h, c)) = c
              /\ FreeNext(h, prev) = c
              /\ FreePrev(h, next) = c
      seen == IF Used(h, c) THEN h
              ELSE LET h1 == Touch(h, Right(h, c))
                   IN  IF Left(h1, Right(h, c)) # c THEN h1
                       ELSE LET h2 == Touch(h1, prev)
                            IN  IF FreeNext(h2, prev) # c THEN h2 ELSE Touch(h2, next)
  IN  IF Debug /\ ~fits THEN Stop(seen, "PANIC") ELSE h

Remove(h, c, b) ==
  LET next == FreeNext(h, c)
      prev == FreePrev(h, c)
      h1 == CheckFree(Touch(h, c), c, prev, next)
      h2 == IF next = c
              THEN SetHead(IF Broken("S-12") THEN h1 ELSE ClearBit(h1, b), b, 0)
              ELSE SetFreePrev(SetFreeNext(SetHead(h1, b, next), prev, next), next, prev)
  IN  IF Broken("S-14") THEN h2 ELSE Count(h2, FreeBytesWord, -Usable(h2, c))

RemoveBySize(h, c) == Remove(h, c, Bucket(Size(h, c)))

\* split_chunks(), merge_chunks()
Split(h, c, r) ==
  LET n == r - c
      rest == Size(h, c) - n
      h1 == SetLeft(SetSize(SetSize(h, c, n), r, rest), r, n)
  IN  IF Broken("S-11") THEN h1 ELSE SetLeft(h1, Right(h1, r), rest)
Merge(h, c, r) ==
  LET n == Size(h, c) + Size(h, r)
      h1 == SetSize(h, c, n)
  IN  SetLeft(h1, Right(h1, r), n)

-----------------------------------------------------------------------------
(* alloc_chunk(): the heap after it, and the chunk that it took or 0.      *)
Took(h, c) == [heap |-> h, chunk |-> IF Going(h) THEN c ELSE 0]

TakeAbove(h, b) ==
  LET above == {k \in (b + 1)..31 : Bit(h, k)}
      k == CHOOSE k \in above : \A l \in above : k <= l
  IN  IF above = {} THEN Took(h, 0)
      ELSE Took(Remove(h, Head(h, k), k), Head(h, k))

RECURSIVE TakeFrom(_, _, _, _, _)
TakeFrom(h, b, n, first, tries) ==
  LET c == Head(h, b)
      h1 == Touch(h, c)
      h2 == IF Broken("S-15") THEN Remove(h1, c, b) ELSE SetHead(h1, b, FreeNext(h1, c))
  IN  IF ~Going(h1) THEN Took(h1, 0)
      ELSE IF Size(h1, c) >= n THEN Took(Remove(h1, c, b), c)
      ELSE IF tries > 1 /\ Going(h2)
              /\ Head(h2, b) # (IF Broken("S-15") THEN 0 ELSE first)
        THEN TakeFrom(h2, b, n, first, tries - 1)
      ELSE TakeAbove(h2, b)

Take(h, n) ==
  LET b == Bucket(n)
  IN  IF b = NoBucket THEN Took(Wild(h), 0)
      ELSE IF Head(h, b) # 0 THEN TakeFrom(h, b, n, Head(h, b), 3)
      ELSE TakeAbove(h, b)

\* What an allocation gives: the heap after it, and where the block begins.
Nowhere == -1
NoBlock(h) == [heap |-> h, at |-> Nowhere]
Use(h, c, at) ==
  LET h1 == SetUsed(h, c, 1)
  IN  [heap |-> CountAllocated(h1, Usable(h1, c)), at |-> at]
CutOff(h, c, r) == IF Right(h, c) > r THEN Add(Split(h, c, r), r) ELSE h

\* sys_heap_alloc()
PlainAlloc(h, bytes) ==
  LET n == UnitsFor(h, bytes, 0)
      t == Take(h, n)
  IN  IF bytes = 0 THEN NoBlock(h)
      ELSE IF t.chunk = 0 THEN NoBlock(t.heap)
      ELSE Use(CutOff(t.heap, t.chunk, t.chunk + n), t.chunk, Memory(h, t.chunk))

\* sys_heap_aligned_alloc()
IsPowerOfTwo(a) == a > 0 /\ a = 2^Log2(a)
LowestBit(a) == CHOOSE d \in {2^k : k \in 0..15} : a % d = 0 /\ a % (2 * d) # 0
AlignedAlloc(h, bytes, align) ==
  IF align <= Alignment /\ (align = 0 \/ IsPowerOfTwo(align)) THEN PlainAlloc(h, bytes)
  ELSE
  LET plain == IsPowerOfTwo(align)
      rewind == IF plain THEN 0 ELSE LowestBit(align)
      boundary == IF plain THEN align ELSE align - rewind
      gap == IF plain THEN Alignment ELSE Min(rewind, Alignment)
      t == Take(h, UnitsFor(h, bytes, IF Broken("S-10") THEN 0 ELSE boundary - gap))
      at == CeilDiv(Memory(h, t.chunk) + rewind, boundary) * boundary - rewind
      c == ChunkOf(h, at)
      h1 == IF c > t.chunk THEN Add(Split(t.heap, t.chunk, c), t.chunk) ELSE t.heap
  IN  IF Debug /\ ~IsPowerOfTwo(boundary) THEN NoBlock(Stop(h, "ASSERT"))
      ELSE IF bytes = 0 THEN NoBlock(h)
      ELSE IF t.chunk = 0 THEN NoBlock(t.heap)
      ELSE Use(CutOff(h1, c, UnitAfter(h, at + bytes)), c, at)

\* sys_heap_free()
CheckUsed(h, c) ==
  LET h1 == Touch(h, Right(h, c))
      h2 == Touch(h1, Left(h, c))
  IN  IF ~Used(h, c) THEN Stop(h, "PANIC")
      ELSE IF Left(h1, Right(h, c)) # c THEN Stop(h1, "PANIC")
      ELSE IF Debug /\ Right(h2, Left(h, c)) # c THEN Stop(h2, "PANIC")
      ELSE IF Debug THEN h2 ELSE h1

FreeChunk(h, c) ==
  LET r == Right(h, c)
      h1 == IF Used(h, r) THEN h ELSE Merge(RemoveBySize(h, r), c, r)
      l == Left(h1, c)
      h2 == Touch(h1, l)
  IN  IF Used(h2, l) \/ Broken("S-13") THEN Add(h2, c)
      ELSE LET h3 == RemoveBySize(h2, l)
           IN  Add(Merge(h3, l, c), l)

FreeBlock(h, p) ==
  LET c == ChunkOf(h, p)
      h1 == SetUsed(CheckUsed(Touch(h, c), c), c, 0)
  IN  FreeChunk(Count(h1, AllocatedBytesWord, -Usable(h1, c)), c)

-----------------------------------------------------------------------------
(* sys_heap_init()                                                         *)
Buckets == Bucket(Units) + 1
First == CeilDiv(4 * (HeadsWord + Buckets), 8)

\* One free chunk between chunk 0 and the end chunk, in the last bucket.
EmptyHeap ==
  LET free == Units - First
      b == Bucket(free)
      head == HeadsWord + b
      words == {AvailWord \div 2, FreeBytesWord \div 2, head \div 2}
      base == [c \in {0, First, Units} \cup words |->
        IF c = 0 THEN [Zero EXCEPT !.units = First, !.used = 1]
        ELSE IF c = First
          THEN [left |-> First, units |-> free, used |-> 0, prev |-> First, next |-> First]
        ELSE IF c = Units THEN [Zero EXCEPT !.left = free, !.used = 1]
        ELSE Zero]
  IN  [mem |-> TLCEval([base EXCEPT
                 ![1].left = Units, ![1].prev = 2^b,
                 ![2].left = UnitBytes * free - HeaderBytes,
                 ![head \div 2] = IF head % 2 = 0 THEN [Zero EXCEPT !.left = First]
                                                  ELSE [Zero EXCEPT !.prev = First]]),
       end |-> "-"]

\* Walking right from chunk 0, as far as sizes make sense.
RECURSIVE WalkFrom(_, _)
WalkFrom(h, c) ==
  IF c = Units \/ Size(h, c) = 0 \/ Right(h, c) > Units THEN {c}
  ELSE {c} \cup WalkFrom(h, Right(h, c))
Walk(h) == WalkFrom(h, 0)
=============================================================================
