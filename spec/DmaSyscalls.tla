--------------------------- MODULE DmaSyscalls ---------------------------
(***************************************************************************)
(* The system call that configures a DMA channel, while another thread of  *)
(* the caller's memory domain overwrites the arguments.                    *)
(*                                                                         *)
(* Models z_vrfy_sof_dma_config(), deep_copy_dma_blk_cfg_list() and the    *)
(* pointer checks of SOF zephyr/syscall/sof_dma.c at 12dd726529, and of a  *)
(* driver what Zephyr's dma_dw_common.c does with the copied list.         *)
(*                                                                         *)
(* The kernel copies a structure in one step. It reads each word once, so  *)
(* an attacker gains nothing from writing in the middle of a copy that it  *)
(* could not have written before.                                          *)
(*                                                                         *)
(* The DAI copier assigns some words of a block and leaves the others as   *)
(* they were in the heap, dai_set_dma_config() of src/audio/dai-zephyr.c.  *)
(*                                                                         *)
(* An address is the class of memory that it is in:                        *)
(*   rw, ro    the caller may write it, may only read it                   *)
(*   kernel    a kernel object, not at the start of a page                 *)
(*   other     memory of another domain                                    *)
(*   unmapped  nothing is there                                            *)
(*   fifo      the data register of a peripheral                           *)
(* The others are at the start of a page, where no bytes are no page.      *)
(***************************************************************************)
EXTENDS Integers, Sequences

CONSTANTS
  Variant,     \* the design: "MERGED" or "HARDENED"
  Fixes,       \* repairs of open defects, a subset of AllFixes
  Defects,     \* bugs put back, a subset of AllDefects
  WordSize,    \* size_t counts modulo this number
  Honest,      \* the direction of the transfer that the caller prepared
  Prepared,    \* how it did: in "zeroed" memory, or only "assigned" to
  Devices,     \* what a caller passes for a struct sof_dma *
  Counts,      \* what the attacker writes: numbers of blocks,
  Directions,  \*   directions,
  Pointers,    \*   pointers to blocks,
  Addresses,   \*   addresses of data,
  Sizes,       \*   and sizes of blocks
  Attacks      \* how many words the attacker overwrites

VARIABLES
  cfg,         \* the caller's struct dma_config
  list,        \* list[b]: the caller's struct dma_block_config
  left,        \* words that the attacker may still overwrite
  pc,          \* the next step of the call
  dma,         \* the argument dma
  kern,        \* kern_cfg, the kernel's struct dma_config
  room,        \* blocks that the kernel's array has room for, 0 without one
  array,       \* kern_cfg[], the kernel's copies of the blocks
  i,           \* the block that is being copied, from 1
  userNext,    \* user_next
  programmed,  \* the blocks that the driver gave to the controller
  stop         \* how the call ended

vars == <<cfg, list, left, pc, dma, kern, room, array, i, userNext, programmed, stop>>

AllFixes == {
  "R-60",   \* pass on only those fields of a block that were checked
  "R-61",   \* the other side of a transfer must be a peripheral
  "R-67",   \* the copier zeroes the blocks before it assigns to them
  "R-68"}   \* refuse a block of no bytes
AllDefects == {
  "B-82",   \* the size of the array wraps
  "B-83",   \* the list is followed in user memory, and may be short
  "B-84",   \* fields of kern_cfg that are not passed on are not initialized
  "S-60",   \* seeded: the verifier oopses before it frees the array
  "S-61"}   \* seeded: the permission on the device is not asked for

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

BlockBytes == 32  \* sizeof(struct dma_block_config)
Entry == 1..((WordSize - 1) \div BlockBytes)
Copies == {"k1", "k2", "k3"}
Copy(n) == <<"k1", "k2", "k3">>[n]
Blocks == {"b1", "b2"}

ASSUME BoundsAssumption ==
  /\ WordSize \in (BlockBytes + 1)..(4 * BlockBytes)
  /\ Honest \in {"m2m", "m2p", "p2m"}
  /\ Prepared \in {"zeroed", "assigned"}
  /\ Devices \subseteq {"granted", "denied", "between", "past"}
  /\ Counts \subseteq Nat
  /\ Directions \subseteq {"m2m", "m2p", "p2m", "p2p", "h2m", "m2h"}
  /\ Pointers \subseteq {"NULL", "kernel", "unmapped"} \cup Blocks
  /\ Addresses \subseteq {"rw", "ro", "kernel", "other", "unmapped", "fifo"}
  /\ Sizes \subseteq {"none"}

Block(next, src, dst, bytes, scatter, rest) ==
  [next |-> next, src |-> src, dst |-> dst, bytes |-> bytes, scatter |-> scatter,
   rest |-> rest]
Raw == Block("raw", "raw", "raw", "raw", FALSE, "raw")
NoArray == [n \in Entry |-> Raw]
NoConfig == [count |-> 0, head |-> "NULL", dir |-> "m2m", rest |-> "zero"]

\* What the kernel finds if it takes a kernel object for a block.
KernelObject == Block("NULL", "kernel", "kernel", "some", FALSE, "zero")

TypeOK ==
  /\ DOMAIN list = Blocks
  /\ left \in 0..Attacks
  /\ pc \in {"idle", "alloc", "copy", "check", "link", "driver", "return", "done", "dead"}
  /\ dma \in Devices \cup {"-"}
  /\ kern.rest \in {"zero", "junk"}
  /\ room \in 0..((WordSize - 1) \div BlockBytes)
  /\ DOMAIN array = Entry
  /\ i \in 0..(room + 1)
  /\ userNext \in {"NULL", "kernel", "unmapped"} \cup Blocks
  /\ stop \in {"-", "ok", "oops", "fault", "uninitialized"}

Init ==
  /\ cfg = [count |-> 2, head |-> "b1", dir |-> Honest]
  /\ LET src == IF Honest = "p2m" THEN "fifo" ELSE "rw"
         dst == IF Honest = "m2p" THEN "fifo" ELSE "rw"
         next(b) == IF b = "b1" THEN "b2" ELSE "NULL"
         rest == IF Prepared = "zeroed" \/ Fixed("R-67") THEN "zero" ELSE "junk"
     IN  list = [b \in Blocks |-> Block(next(b), src, dst, "some", FALSE, rest)]
  /\ left = Attacks
  /\ pc = "idle"
  /\ dma = "-"
  /\ kern = NoConfig
  /\ room = 0
  /\ array = NoArray
  /\ i = 0
  /\ userNext = "NULL"
  /\ programmed = <<>>
  /\ stop = "-"

-----------------------------------------------------------------------------
(* The attacker: another thread of the domain, in user mode.               *)
Attack == /\ left > 0
          /\ pc \notin {"done", "dead"}
          /\ cfg' # cfg \/ list' # list
          /\ left' = left - 1
          /\ UNCHANGED <<pc, dma, kern, room, array, i, userNext, programmed, stop>>

ForgeCount(n) == cfg' = [cfg EXCEPT !.count = n] /\ UNCHANGED list /\ Attack
ForgeHead(p) == cfg' = [cfg EXCEPT !.head = p] /\ UNCHANGED list /\ Attack
ForgeDirection(d) == cfg' = [cfg EXCEPT !.dir = d] /\ UNCHANGED list /\ Attack
ForgeNext(b, p) == list' = [list EXCEPT ![b].next = p] /\ UNCHANGED cfg /\ Attack
ForgeSource(b, a) == list' = [list EXCEPT ![b].src = a] /\ UNCHANGED cfg /\ Attack
ForgeDest(b, a) == list' = [list EXCEPT ![b].dst = a] /\ UNCHANGED cfg /\ Attack
ForgeSize(b, n) == list' = [list EXCEPT ![b].bytes = n] /\ UNCHANGED cfg /\ Attack
ForgeScatter(b) == list' = [list EXCEPT ![b].scatter = TRUE] /\ UNCHANGED cfg /\ Attack

-----------------------------------------------------------------------------
(* The call. Whatever ends it, its stack frame is gone afterwards.         *)
UnchangedUser == UNCHANGED <<cfg, list, left>>

End(how, what) ==
  /\ pc' = how
  /\ stop' = what
  /\ kern' = NoConfig
  /\ i' = 0
  /\ userNext' = "NULL"

FreeArray == room' = 0 /\ array' = NoArray

\* K_OOPS() kills the thread. The copy is freed before.
Oops == /\ End("dead", "oops")
        /\ IF Broken("S-60") THEN UNCHANGED <<room, array>> ELSE FreeArray
        /\ UNCHANGED programmed

\* The kernel itself is hit by an exception.
Fault(what) == /\ pc' = "dead"
               /\ stop' = what
               /\ UNCHANGED <<kern, room, array, i, userNext>>

\* sof_dma_is_valid() and k_usermode_from_copy() of the configuration.
Valid(d) == d = "granted" \/ (d = "denied" /\ Broken("S-61"))

Call(d, config) ==
  /\ pc = "idle"
  /\ UnchangedUser
  /\ dma' = d
  /\ IF Valid(d) /\ config = "cfg"
       THEN /\ pc' = "alloc"
            /\ kern' = [count |-> cfg.count, head |-> cfg.head, dir |-> cfg.dir,
                        rest |-> IF Broken("B-84") THEN "junk" ELSE "zero"]
            /\ UNCHANGED <<room, array, i, userNext, programmed, stop>>
       ELSE Oops

\* size_mul_overflow() and rmalloc(), which has nothing for 0 bytes.
Bytes == IF Broken("B-82") THEN (kern.count * BlockBytes) % WordSize
                           ELSE kern.count * BlockBytes
Sized == kern.count # 0 /\ Bytes # 0 /\ Bytes < WordSize

ToDriver == pc' = "driver" /\ kern' = [kern EXCEPT !.head = "k1"]

Alloc ==
  /\ pc = "alloc"
  /\ UnchangedUser
  /\ UNCHANGED dma
  /\ IF ~Sized
       THEN Oops
       ELSE /\ pc' = "copy"
            /\ room' = Bytes \div BlockBytes
            /\ i' = 1
            /\ userNext' = kern.head
            /\ UNCHANGED <<kern, array, programmed, stop>>

AllocFails == pc = "alloc" /\ Sized /\ UnchangedUser /\ UNCHANGED dma /\ Oops

\* The head of the loop, and k_usermode_from_copy() of a block.
Checked(b) == IF Fixed("R-60") THEN [b EXCEPT !.scatter = FALSE, !.rest = "zero"] ELSE b

CopyBlock ==
  /\ pc = "copy"
  /\ UnchangedUser
  /\ UNCHANGED <<dma, programmed>>
  /\ CASE Broken("B-83") /\ userNext = "NULL" ->
            ToDriver /\ UNCHANGED <<room, array, i, userNext, stop>>
       [] Broken("B-83") /\ userNext # "NULL" /\ i > kern.count ->
            IF userNext # kern.head
              THEN Oops
              ELSE /\ ToDriver
                   /\ array' = [array EXCEPT ![i - 1].next = "k1"]
                   /\ UNCHANGED <<room, i, userNext, stop>>
       [] OTHER ->
            IF userNext \notin Blocks THEN Oops
            ELSE IF i > room THEN Fault("fault")
            ELSE /\ array' = [array EXCEPT ![i] = Checked(list[userNext])]
                 /\ pc' = "check"
                 /\ UNCHANGED <<kern, room, i, userNext, stop>>

\* K_SYSCALL_MEMORY_READ() and _WRITE() of the copied addresses.
NoPage(b, a) == b.bytes = "none" /\ a # "kernel"
Readable(b) == b.src \in {"rw", "ro"} \/ NoPage(b, b.src)
Writable(b) == b.dst = "rw" \/ NoPage(b, b.dst)
Peripheral(a) == a = "fifo" \/ ~Fixed("R-61")
Allowed(b) ==
  IF b.bytes = "none" /\ Fixed("R-68") THEN FALSE
  ELSE CASE kern.dir = "m2m" -> Readable(b) /\ Writable(b)
         [] kern.dir \in {"m2p", "m2h"} -> Readable(b) /\ Peripheral(b.dst)
         [] kern.dir \in {"p2m", "h2m"} -> Writable(b) /\ Peripheral(b.src)
         [] OTHER -> FALSE

CheckBlock ==
  /\ pc = "check"
  /\ UnchangedUser
  /\ UNCHANGED dma
  /\ IF Allowed(array[i])
       THEN pc' = "link" /\ UNCHANGED <<kern, room, array, i, userNext, programmed, stop>>
       ELSE Oops

\* Which block is next, and the pointer to it in the kernel's copy.
NextBlock == /\ pc' = "copy"
             /\ i' = i + 1
             /\ UNCHANGED <<kern, room, stop>>

LinkCopy(next) ==
  /\ userNext' = next
  /\ IF i < kern.count
       THEN array' = [array EXCEPT ![i].next = Copy(i + 1)] /\ NextBlock
       ELSE /\ array' = [array EXCEPT ![i].next = IF next = kern.head THEN "k1" ELSE "NULL"]
            /\ ToDriver
            /\ UNCHANGED <<room, i, stop>>

LinkBlock ==
  /\ pc = "link"
  /\ UnchangedUser
  /\ UNCHANGED <<dma, programmed>>
  /\ LET next == array[i].next
     IN  IF Broken("B-83")
           THEN /\ userNext' = list[userNext].next
                /\ array' = IF i = 1 THEN array ELSE [array EXCEPT ![i - 1].next = Copy(i)]
                /\ NextBlock
         ELSE IF i = kern.count /\ next \notin {kern.head, "NULL"}
           THEN Oops
           ELSE LinkCopy(next)

-----------------------------------------------------------------------------
(* The driver goes along the list for as many blocks as it is told.        *)
At(p) == CASE p \in Copies -> array[CHOOSE n \in Entry : Copy(n) = p]
           [] p \in Blocks -> list[p]
           [] OTHER -> KernelObject
Usable(p) == p \notin {"NULL", "unmapped"} /\ At(p) # Raw

RECURSIVE Chain(_, _)
Chain(p, n) == IF n = 0 THEN <<>>
               ELSE IF ~Usable(p) THEN <<p>>
               ELSE <<p>> \o Chain(At(p).next, n - 1)
Walk == Chain(kern.head, kern.count)

Stray == {n \in DOMAIN Walk : ~Usable(Walk[n])}
Taken(p) == [src |-> At(p).src, dst |-> At(p).dst, scatter |-> At(p).scatter]

DriverConfig ==
  /\ pc = "driver"
  /\ UnchangedUser
  /\ UNCHANGED dma
  /\ IF kern.rest = "junk"
       THEN Fault("uninitialized") /\ UNCHANGED programmed
       ELSE /\ programmed' = [n \in 1..(Len(Walk) - IF Stray = {} THEN 0 ELSE 1) |->
                                Taken(Walk[n])]
            /\ IF Stray = {}
                 THEN pc' = "return" /\ UNCHANGED <<kern, room, array, i, userNext, stop>>
                 ELSE Fault(IF Walk[Len(Walk)] \in Copies THEN "uninitialized" ELSE "fault")

Return == /\ pc = "return"
          /\ UnchangedUser
          /\ UNCHANGED <<dma, programmed>>
          /\ End("done", "ok")
          /\ FreeArray

Next ==
  \/ \E n \in Counts : ForgeCount(n)
  \/ \E p \in Pointers : ForgeHead(p)
  \/ \E d \in Directions : ForgeDirection(d)
  \/ \E b \in Blocks, p \in Pointers : ForgeNext(b, p)
  \/ \E b \in Blocks, a \in Addresses : ForgeSource(b, a)
  \/ \E b \in Blocks, a \in Addresses : ForgeDest(b, a)
  \/ \E b \in Blocks, n \in Sizes : ForgeSize(b, n)
  \/ \E b \in Blocks : ForgeScatter(b)
  \/ \E d \in Devices, c \in {"cfg", "kernel"} : Call(d, c)
  \/ Alloc
  \/ AllocFails
  \/ CopyBlock
  \/ CheckBlock
  \/ LinkBlock
  \/ DriverConfig
  \/ Return

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
InCall == pc \notin {"idle", "done", "dead"}
Ready == pc = "driver"

\* ISO-1 UserNeverTouchesKernel: what a controller reads and writes for a
\* thread is memory that the thread may read and write, or a peripheral.
UserNeverTouchesKernelInv ==
  \A n \in DOMAIN programmed : /\ programmed[n].src \in {"rw", "ro", "fifo"}
                               /\ programmed[n].dst \in {"rw", "fifo"}

\* ISO-2 KernelNeverTrustsUserPtr: no pointer that the driver will follow
\* comes from user memory.
KernelNeverTrustsUserPtrInv ==
  Ready => \A n \in DOMAIN Walk : Walk[n] \in Copies \cup {"NULL"}

\* ISO-4 SingleFetch: the pointer that the kernel goes on with is the one
\* that it copied, whatever user memory holds by now.
SingleFetchProp ==
  [][pc = "link" /\ pc' \in {"copy", "driver"} => userNext' = array[i].next]_vars

\* ISO-5 SyscallVerifyComplete: the driver gets as many blocks as it is told,
\* no field of them that nobody checked, and no block of no bytes with an
\* address that the caller may not access.
Accessible(b) == b.src \in {"rw", "ro", "fifo"} /\ b.dst \in {"rw", "fifo"}
SyscallVerifyCompleteInv ==
  Ready => /\ Len(Walk) = kern.count
           /\ Stray = {}
           /\ \A n \in DOMAIN Walk : ~At(Walk[n]).scatter
           /\ \A n \in DOMAIN Walk : At(Walk[n]).bytes = "none" => Accessible(At(Walk[n]))

\* ISO-7 OopsHoldsNothing: a caller that is killed leaves no allocation.
OopsHoldsNothingInv == stop = "oops" => room = 0

\* ISO-9 PermBeforeUse: a call that got past the verifier's first check is on
\* a device that the caller has permission on.
PermBeforeUseInv == InCall => dma = "granted"

\* MEM-5 ZeroInit: what the driver is about to read was written before, each
\* field of it.
ZeroInitInv ==
  /\ stop # "uninitialized"
  /\ Ready => /\ kern.rest = "zero"
              /\ \A n \in DOMAIN Walk \ Stray : At(Walk[n]).rest = "zero"

\* HEAP-17 OverflowSafe: the array has room for the blocks that it was
\* allocated for.
OverflowSafeInv == InCall /\ room # 0 => room >= kern.count

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachCyclic == Ready /\ array[kern.count].next = "k1"
ReachOops == stop = "oops" /\ dma = "granted"
ReachConfigured == stop = "ok"
ReachChangedUnderway == stop = "ok" /\ left = 0 /\ Len(programmed) # cfg.count
=============================================================================
