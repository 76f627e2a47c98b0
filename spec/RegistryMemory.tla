--------------------------- MODULE RegistryMemory ---------------------------
(***************************************************************************)
(* The memory that the scheduler registry lives in, and the rules by which *)
(* a thread reads it.                                                      *)
(*                                                                         *)
(* A block is one allocation: the five words of a struct schedule_data, or *)
(* the first two of them, a struct schedulers (a list head). Lists are   *)
(* linked through these words exactly as in sof/list.h, so a walk goes     *)
(* wherever the words lead, also after user space has changed them.        *)
(*                                                                         *)
(* A word holds a string: an address, a value, or one of                   *)
(*   "NULL"    a null pointer                                              *)
(*   "uninit"  allocated and never written                                 *)
(*   "free"    not allocated                                               *)
(* Reading can fail. A failure is a value that begins with "!":            *)
(*   "!null"      NULL was dereferenced                                    *)
(*   "!prot"      a user thread reached memory that its domain lacks       *)
(*   "!unmapped"  the memory is not allocated                              *)
(*   "!uninit"    the word was never written                               *)
(*   "!hang"      a walk that never ends                                   *)
(***************************************************************************)
EXTENDS RegistryDesign, Sequences, Naturals

CONSTANTS
  Cores,        \* core names; the number of cores is CONFIG_CORE_COUNT
  PrimaryCore,  \* the core that boots first
  BeyondCore,   \* the first core number that is out of range
  Types,        \* scheduler types that are built in (SOF_SCHEDULE_...)
  KHeap,        \* sequences of the block addresses of the three heaps,
  UHeap,        \*   lowest first
  RHeap,
  Attacker      \* blocks that user space prepared: {} or {"AH", "AN"}

VARIABLES
  userTypes,    \* the types that this build keeps on the user side; constant
  kSlot,        \* kSlot[c] is _k_schedulers[c]
  uSlot,        \* uSlot[c] is _u_schedulers[c]; uSlot[BeyondCore] the word after
  mem,          \* mem[a] is the block at address a
  tainted       \* registry words whose last writer ran in user mode

memoryVars == <<userTypes, kSlot, uSlot, mem, tainted>>

Elements(s) == {s[i] : i \in 1..Len(s)}
KBlocks == Elements(KHeap)
UBlocks == Elements(UHeap)
RBlocks == Elements(RHeap)
Registry == KBlocks \cup UBlocks \cup RBlocks
Addr == Registry \cup Attacker
Slots == Cores \cup {BeyondCore}

ASSUME CoresAssumption == PrimaryCore \in Cores /\ BeyondCore \notin Cores
ASSUME AttackerAssumption == Attacker \in {{}, {"AH", "AN"}}

Fields == {"next", "prev", "type", "ops", "data"}
Block(v) == [f \in Fields |-> v]
FreeBlock == Block("free")
RawNode == Block("uninit")
RawHead == [FreeBlock EXCEPT !.next = "uninit", !.prev = "uninit"]

\* struct schedule_data after memset(): type 0 is SOF_SCHEDULE_EDF.
ZeroBlock == [Block("NULL") EXCEPT !.type = "EDF"]

\* What user space prepared: a list head with one node of the attacker's.
AttackerHead == [ZeroBlock EXCEPT !.next = "AN", !.prev = "AN"]
AttackerNode == [next |-> "AH", prev |-> "AH", type |-> "LL_TIMER",
                 ops |-> "evil", data |-> "NULL"]

HeapSeq(h) == CASE h = "KHEAP" -> KHeap [] h = "UHEAP" -> UHeap
                [] h = "RHEAP" -> RHeap

\* Where does an address lie?
Home(a) ==
  CASE a \in KBlocks -> "KHEAP"
    [] a \in UBlocks -> "UHEAP"
    [] a \in RBlocks -> "RHEAP"
    [] OTHER          -> "USER_DATA"

UserReadable(a) == Home(a) = "USER_DATA" \/ UserReadableHeap(Home(a))
UserWritable(a) == Home(a) = "USER_DATA" \/ UserWritableHeap(Home(a))

-----------------------------------------------------------------------------
Errors == {"!null", "!prot", "!unmapped", "!uninit", "!hang"}
IsError(v) == v \in Errors

\* What an access by a thread to a word of block a meets before the word.
Access(isUser, a) ==
  CASE a = "NULL"                       -> "!null"
    [] a \notin Addr                    -> "!unmapped"
    [] isUser /\ ~UserReadable(a)       -> "!prot"
    [] mem[a].next = "free"             -> "!unmapped"
    [] OTHER                            -> "ok"

Read(isUser, a, field) ==
  LET e == Access(isUser, a)
  IN  CASE e # "ok"                  -> e
        [] mem[a][field] = "free"    -> "!unmapped"
        [] mem[a][field] = "uninit"  -> "!uninit"
        [] OTHER                     -> mem[a][field]

(* for (item = list->next; item != list; item = item->next): the first     *)
(* node of the type, "NULL" if there is none, or the failure on the way.   *)
RECURSIVE WalkFrom(_, _, _, _, _)
WalkFrom(isUser, head, item, type, fuel) ==
  IF IsError(item) THEN item
  ELSE IF item = head THEN "NULL"
  ELSE IF fuel = 0 THEN "!hang"
  ELSE LET t == Read(isUser, item, "type")
       IN  IF IsError(t) THEN t
           ELSE IF t = type THEN item
           ELSE WalkFrom(isUser, head, Read(isUser, item, "next"), type,
                         fuel - 1)

Walk(isUser, head, type) ==
  WalkFrom(isUser, head, Read(isUser, head, "next"), type, Cardinality(Addr))

-----------------------------------------------------------------------------
(* What a debugger sees on a list, whoever may read it.                    *)
RECURSIVE Follow(_, _)
Follow(a, seen) ==
  IF a \notin Addr \/ a \in seen THEN seen
  ELSE Follow(mem[a].next, seen \cup {a})

Nodes(head) == IF head \in Addr THEN Follow(mem[head].next, {head}) \ {head}
               ELSE {}

KNodes(c) == Nodes(kSlot[c])
UNodes(c) == Nodes(uSlot[c])
InK(c, t) == \E a \in KNodes(c) : mem[a].type = t
InU(c, t) == \E a \in UNodes(c) : mem[a].type = t
Registered(c, t) == InK(c, t) \/ InU(c, t)

\* User space has left its side alone.
Intact == tainted = {}

\* Words are named by block (or "uSlot") and field (or core).
WordsOf(a) == {<<a, f>> : f \in Fields}
RegistryWords ==
  UNION {WordsOf(a) : a \in Registry} \cup {<<"uSlot", c>> : c \in Cores}

\* The words ws were written, in user mode or not.
Taint(isUser, ws) ==
  IF isUser THEN tainted \cup (ws \cap RegistryWords) ELSE tainted \ ws

-----------------------------------------------------------------------------
(* An allocator that is deterministic, as Zephyr's is: the lowest block.   *)
FreeBlocks(h) == {i \in 1..Len(HeapSeq(h)) : mem[HeapSeq(h)[i]] = FreeBlock}
HasRoom(h) == FreeBlocks(h) # {}
NextBlock(h) == HeapSeq(h)[CHOOSE i \in FreeBlocks(h) :
                             \A j \in FreeBlocks(h) : i <= j]

MemoryTypeOK ==
  /\ userTypes \subseteq Types
  /\ DOMAIN kSlot = Cores
  /\ DOMAIN uSlot = Slots
  /\ \A c \in Cores : kSlot[c] \in Addr \cup {"NULL"}
  /\ \A c \in Slots : uSlot[c] \in Addr \cup {"NULL"}
  /\ DOMAIN mem = Addr
  /\ \A a \in Addr : DOMAIN mem[a] = Fields
  /\ \A a \in Addr : mem[a].next \in Addr \cup {"NULL", "uninit", "free"}
  /\ tainted \subseteq RegistryWords

MemoryInit ==
  /\ kSlot = [c \in Cores |-> "NULL"]
  /\ uSlot = [c \in Slots |-> "NULL"]
  /\ mem = [a \in Addr |-> CASE a = "AH" -> AttackerHead
                             [] a = "AN" -> AttackerNode
                             [] OTHER    -> FreeBlock]
  /\ tainted = {}
=============================================================================
