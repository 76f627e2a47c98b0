--------------------------- MODULE VirtualRegion ---------------------------
(***************************************************************************)
(* A virtual region and who shares it: memory that is handed out for a     *)
(* lifetime first, and from a heap in the rest afterwards.                 *)
(*                                                                         *)
(* Models vregion_create(), _get(), _put(), _alloc_align(), _free() and    *)
(* _set_interim(), SOF zephyr/lib/vregion.c at 12dd726529, as they are     *)
(* used by module_adapter_mem_alloc() and _mem_free() (module_adapter.c),  *)
(* comp_free() (component_ext.h) and comp_buffer_free() (comp_buffer.c).   *)
(*                                                                         *)
(* A user module has the region mapped. It may overwrite words there       *)
(* between any two steps of the kernel. Two kernel threads use the region: *)
(* one makes and unloads the module, the other has a buffer in the region. *)
(*                                                                         *)
(* Sizes and places are in cache lines. The control structure's mutex      *)
(* makes each call one step; what follows the last put is not protected    *)
(* by it and is taken apart.                                               *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, RegionDesign

CONSTANTS
  Lines,        \* size of the region, whole pages
  ModuleSlots,  \* the pointers into the region that the module keeps
  BufferSlots,  \* those that the buffer keeps
  Sizes,        \* sizes to ask for; up to 2^26, which is 4 GiB
  Words,        \* what the module may try to overwrite, a subset of AllWords
  Pointers      \* what it may name as a region in a system call

VARIABLES
  control,   \* whether the control structure is allocated and initialized
  pages,     \* whether the pages of the region are allocated and mapped
  context,   \* the module's mod_alloc_ctx, in the LL user heap
  refs,      \* the threads that have a pointer to the region
  count,     \* use_count
  mode,      \* type, "-" without a region
  used,      \* lifetime.used, which moves together with lifetime.ptr
  limit,     \* lifetime.size; in INTERIM mode the heap begins there
  frees,     \* lifetime.free_count
  held,      \* held[s]: the block that a client keeps a pointer to
  taking,    \* taking[t]: a block found but not yet taken (B-75)
  pc,        \* pc[t]: the next step of a thread
  forged,    \* what the module has overwritten
  stopped,   \* why the system stopped, "-" if it did not
  result     \* what the last call said

vars == <<control, pages, context, refs, count, mode, used, limit, frees,
          held, taking, pc, forged, stopped, result>>
region == <<mode, used, limit, frees>>

AllWords == {
  "heap",     \* the free lists of the interim heap
  "control",  \* lifetime.ptr of the control structure
  "driver"}   \* the driver pointer of the module's comp_dev

ASSUME AttackAssumption ==
  /\ Words \subseteq AllWords
  /\ Pointers \subseteq {"region", "forged", "wild"}

Threads == {"module", "buffer"}
Slots == ModuleSlots \cup BufferSlots
Owner(s) == IF s \in ModuleSlots THEN "module" ELSE "buffer"
Wrap == 67108864                            \* 2^32 bytes
LeastInterim == 16                          \* 1024 bytes
Outside == Lines                            \* the line behind the region
Nothing == [at |-> 0, lines |-> 0]
NotTaking == [slot |-> "-", at |-> 0, lines |-> 0]
Blocks == [at : Nat, lines : Nat]

\* What creation places in the region before anybody else comes.
ControlLines == IF Broken("B-74") THEN 2 ELSE 0
DeviceLines == IF Fixed("R-43") THEN 0 ELSE 1

TypeOK ==
  /\ control \in BOOLEAN /\ pages \in BOOLEAN
  /\ context \in {"-", "live", "lost"}
  /\ refs \subseteq Threads
  /\ count \in 0..2
  /\ mode \in {"-", "LIFETIME", "INTERIM", "INVALID"}
  /\ used \in Nat /\ limit \in Nat /\ frees \in Nat
  /\ held \in [Slots -> Blocks]
  /\ taking \in [Threads -> [slot : Slots \cup {"-"}, at : Nat, lines : Nat]]
  /\ pc \in [Threads -> {"idle", "taking", "pages", "control", "context"}]
  /\ forged \in AllWords \cup {"-"}
  /\ stopped \in {"-", "PANIC", "PROTECTION", "UNMAPPED", "UNINITIALIZED",
                  "HIJACK"}
  /\ result \in {"-", "NULL", "counted", "rejected", "warned", "oops"}

NoRegion == /\ mode = "-" /\ used = 0 /\ limit = 0 /\ frees = 0

Init ==
  /\ control = FALSE /\ pages = FALSE /\ context = "-"
  /\ refs = {} /\ count = 0 /\ NoRegion
  /\ held = [s \in Slots |-> Nothing]
  /\ taking = [t \in Threads |-> NotTaking]
  /\ pc = [t \in Threads |-> "idle"]
  /\ forged = "-" /\ stopped = "-" /\ result = "-"

-----------------------------------------------------------------------------
Live == {s \in Slots : held[s] # Nothing}
Ready(t) == stopped = "-" /\ t \in refs /\ pc[t] = "idle"
Says(r) == result' = r /\ UNCHANGED stopped
Stop(why) == stopped' = why /\ UNCHANGED result

(* module_adapter_mem_alloc(): the region, the context, then the comp_dev. *)
(* An allocation that fails undoes what came before it.                    *)
Stages == {"-", "control", "pages", "context"}

Create(failing) ==
  /\ stopped = "-" /\ refs = {} /\ ~control
  /\ failing = "control" => ~Broken("B-74")
  /\ IF failing = "-"
       THEN /\ control' = TRUE /\ pages' = TRUE /\ context' = "live"
            /\ refs' = {"module"} /\ count' = 1 /\ mode' = "LIFETIME"
            /\ used' = ControlLines + DeviceLines
            /\ limit' = Lines /\ frees' = 0
            /\ Says("-")
       ELSE /\ Says("NULL")
            /\ UNCHANGED <<control, pages, context, refs, count, region>>
  /\ UNCHANGED <<held, taking, pc, forged>>

\* The buffer is made, and takes its reference at once.
Bind ==
  /\ Ready("module") /\ "buffer" \notin refs
  /\ refs' = refs \cup {"buffer"}
  /\ count' = IF Broken("B-75") THEN count ELSE count + 1
  /\ Says("-")
  /\ UNCHANGED <<control, pages, context, region, held, taking, pc, forged>>

-----------------------------------------------------------------------------
(* The lifetime allocator. Without the repair the sum wraps at 4 GiB.      *)
Pointer == IF forged = "control" THEN Outside ELSE used
LifetimeFits(n) == IF Fixed("R-41") THEN n <= limit - used
                   ELSE (used + n) % Wrap <= limit
Advance(n) == used' = (used + n) % Wrap

(* The interim heap. A sys_heap has a header before each block, for which  *)
(* alignment takes a line. In the models at most one gap fits, so that it  *)
(* does not matter how the heap chooses.                                   *)
HeaderLines == IF Fixed("O-26") THEN 0 ELSE 1
InHeap == {s \in Live : mode = "INTERIM" /\ held[s].at >= limit}
Occupied == UNION {(held[s].at - HeaderLines)..(held[s].at + held[s].lines - 1) :
                     s \in InHeap}
Places(n) == {a \in (limit + HeaderLines)..(Lines - n) :
                (a - HeaderLines)..(a + n - 1) \cap Occupied = {}}
Least(S) == CHOOSE a \in S : \A b \in S : a <= b

\* The client keeps the pointer and clears the block. Behind the region lies
\* memory that the kernel may not write.
Keep(s, at, n) ==
  /\ held' = [held EXCEPT ![s] = [at |-> at, lines |-> n]]
  /\ IF at = Outside THEN Stop("PROTECTION")
     ELSE IF ~pages THEN Stop("UNMAPPED") ELSE Says("-")

AllocLifetime(s, n) ==
  IF LifetimeFits(n)
    THEN /\ Keep(s, Pointer, n) /\ Advance(n)
         /\ forged' = IF forged = "control" THEN "-" ELSE forged
    ELSE Says("NULL") /\ UNCHANGED <<held, used, forged>>

AllocInterim(s, n) ==
  /\ UNCHANGED <<used, forged>>
  /\ IF ~Fixed("O-47") /\ ~Fixed("O-26")
       THEN Stop("UNINITIALIZED") /\ UNCHANGED held
     ELSE IF forged = "heap" THEN Keep(s, Outside, n)
     ELSE IF ~pages /\ ~Fixed("O-26") THEN Stop("UNMAPPED") /\ UNCHANGED held
     ELSE IF n > Lines \/ Places(n) = {} THEN Says("NULL") /\ UNCHANGED held
     ELSE Keep(s, Least(Places(n)), n)

Alloc(s, n) ==
  /\ Ready(Owner(s)) /\ held[s] = Nothing
  /\ Broken("B-75") => mode # "LIFETIME"
  /\ IF ~control THEN Stop("UNMAPPED") /\ UNCHANGED <<held, used, forged>>
     ELSE CASE mode = "LIFETIME" -> AllocLifetime(s, n)
            [] mode = "INTERIM"  -> AllocInterim(s, n)
            [] OTHER             -> Says("NULL") /\ UNCHANGED <<held, used, forged>>
  /\ UNCHANGED <<control, pages, context, refs, count, mode, limit, frees,
                 taking, pc>>

\* Before there was a lock, another thread could come in between.
AllocBegin(s, n) ==
  /\ Broken("B-75") /\ Ready(Owner(s)) /\ held[s] = Nothing
  /\ mode = "LIFETIME"
  /\ IF LifetimeFits(n)
       THEN /\ pc' = [pc EXCEPT ![Owner(s)] = "taking"]
            /\ taking' = [taking EXCEPT ![Owner(s)] =
                            [slot |-> s, at |-> used, lines |-> n]]
            /\ Says("-")
       ELSE Says("NULL") /\ UNCHANGED <<pc, taking>>
  /\ UNCHANGED <<control, pages, context, refs, count, region, held, forged>>

AllocEnd(t) ==
  /\ stopped = "-" /\ pc[t] = "taking"
  /\ pc' = [pc EXCEPT ![t] = "idle"]
  /\ taking' = [taking EXCEPT ![t] = NotTaking]
  /\ IF ~control THEN Stop("UNMAPPED") /\ UNCHANGED <<held, used>>
     ELSE /\ Keep(taking[t].slot, taking[t].at, taking[t].lines)
          /\ Advance(taking[t].lines)
  /\ UNCHANGED <<control, pages, context, refs, count, mode, limit, frees,
                 forged>>

\* The module asks for an alignment of three lines by a system call.
AllocOdd(s) ==
  /\ Ready("module") /\ held[s] = Nothing /\ mode = "LIFETIME"
  /\ IF Fixed("R-42") THEN Says("NULL") ELSE Stop("PANIC")
  /\ UNCHANGED <<control, pages, context, refs, count, region, held, taking,
                 pc, forged>>

-----------------------------------------------------------------------------
(* vregion_free(): lifetime memory is only counted.                        *)
Forget(s) == held' = [held EXCEPT ![s] = Nothing]

FreeBlock(s) ==
  IF s \in InHeap
    THEN /\ UNCHANGED frees
         /\ IF ~pages /\ ~Fixed("O-26") THEN Stop("UNMAPPED") /\ UNCHANGED held
            ELSE Says("-") /\ Forget(s)
  ELSE IF held[s].at < limit
    THEN frees' = frees + 1 /\ Says("counted") /\ Forget(s)
    ELSE UNCHANGED frees /\ Says("rejected") /\ Forget(s)

\* By either address of the block: it makes no difference.
Aliases == {"cached", "uncached"}

Free(s, alias) ==
  /\ Ready(Owner(s)) /\ held[s] # Nothing
  /\ alias \in Aliases
  /\ IF control THEN FreeBlock(s)
     ELSE Stop("UNMAPPED") /\ UNCHANGED <<held, frees>>
  /\ UNCHANGED <<control, pages, context, refs, count, mode, used, limit,
                 taking, pc, forged>>

\* A pointer to memory that is not the region's.
FreeForeign(t) ==
  /\ Ready(t) /\ control
  /\ Says("warned")
  /\ UNCHANGED <<control, pages, context, refs, count, region, held, taking,
                 pc, forged>>

\* vregion_set_interim(), when the pipeline is complete.
SetInterim ==
  /\ Ready("module")
  /\ IF mode = "INTERIM" THEN Says("warned") /\ UNCHANGED region
     ELSE IF Lines - Pointer < LeastInterim
       THEN /\ mode' = "INVALID" /\ Says("warned")
            /\ UNCHANGED <<used, limit, frees>>
     ELSE /\ mode' = "INTERIM" /\ limit' = used /\ used' = Lines
          /\ Says("-") /\ UNCHANGED frees
  /\ UNCHANGED <<control, pages, context, refs, count, held, taking, pc, forged>>

-----------------------------------------------------------------------------
(* The end: comp_free() calls through the driver pointer, the module's     *)
(* partition goes, and the reference is put; comp_buffer_free() puts.      *)
Left(t) == IF Broken("B-75") THEN (IF t = "module" THEN 0 ELSE 1) ELSE count - 1

Drop(t) ==
  /\ Ready(t) /\ \A s \in Live : Owner(s) # t
  /\ IF t = "module" /\ forged = "driver"
       THEN Stop("HIJACK") /\ UNCHANGED <<refs, count, frees, pc>>
       ELSE /\ Says("-")
            /\ frees' = IF t = "module" THEN frees + DeviceLines ELSE frees
            /\ count' = IF Broken("B-75") THEN count ELSE count - 1
            /\ refs' = IF Left(t) = 0 THEN refs ELSE refs \ {t}
            /\ pc' = IF Left(t) = 0 THEN [pc EXCEPT ![t] = "pages"] ELSE pc
  /\ UNCHANGED <<control, pages, context, mode, used, limit, held, taking,
                 forged>>

\* What was in the control structure is nobody's any more.
ControlGone == /\ control' = FALSE /\ count' = 0 /\ mode' = "-"
               /\ used' = 0 /\ limit' = 0 /\ frees' = 0

FreePages(t) ==
  /\ stopped = "-" /\ pc[t] = "pages"
  /\ pages' = FALSE /\ forged' = "-"
  /\ IF Broken("B-74")
       THEN ControlGone /\ pc' = [pc EXCEPT ![t] = "context"]
       ELSE /\ UNCHANGED <<control, count, region>>
            /\ pc' = [pc EXCEPT ![t] = "control"]
  /\ UNCHANGED <<context, refs, held, taking, stopped, result>>

FreeControl(t) ==
  /\ stopped = "-" /\ pc[t] = "control"
  /\ ControlGone /\ pc' = [pc EXCEPT ![t] = "context"]
  /\ UNCHANGED <<pages, context, refs, held, taking, forged, stopped, result>>

\* The module frees the context to the heap it names, the buffer by rfree(),
\* which does not know the LL user heap and takes the system heap.
FreeContext(t) ==
  /\ stopped = "-" /\ pc[t] = "context"
  /\ context' = IF t = "buffer" /\ ~Fixed("R-40") THEN "lost" ELSE "-"
  /\ pc' = [pc EXCEPT ![t] = "idle"] /\ refs' = refs \ {t}
  /\ UNCHANGED <<control, pages, count, region, held, taking, forged, stopped,
                 result>>

-----------------------------------------------------------------------------
(* The user module. It writes to the region while that is mapped for it.   *)
Exposed ==
  IF "module" \notin refs \/ pc["module"] \notin {"idle", "taking"} THEN {}
  ELSE {w \in AllWords :
          CASE w = "heap"    -> mode = "INTERIM" /\ ~Fixed("O-26")
            [] w = "control" -> Broken("B-74")
            [] OTHER         -> ~Fixed("R-43")}

\* It strikes once, and at the heap while that is empty.
Forge(w) ==
  /\ stopped = "-" /\ forged = "-"
  /\ w \in Exposed /\ (w = "heap" => InHeap = {})
  /\ forged' = w
  /\ UNCHANGED <<control, pages, context, refs, count, region, held, taking,
                 pc, stopped, result>>

\* vregion_free() as a system call: of the module's region, of a structure
\* that the module made up in its block, or of an address where nothing is.
UserFree(s, p) ==
  /\ Ready("module") /\ held[s] # Nothing
  /\ IF p = "region" THEN FreeBlock(s)
     ELSE /\ UNCHANGED <<held, frees>>
          /\ IF ~Broken("B-85") THEN Says("oops")
             ELSE Stop(IF p = "wild" THEN "UNMAPPED" ELSE "PANIC")
  /\ UNCHANGED <<control, pages, context, refs, count, mode, used, limit,
                 taking, pc, forged>>

Next ==
  \/ \E f \in Stages : Create(f)
  \/ Bind
  \/ \E s \in Slots, n \in Sizes : Alloc(s, n)
  \/ \E s \in Slots, n \in Sizes : AllocBegin(s, n)
  \/ \E t \in Threads : AllocEnd(t)
  \/ \E s \in ModuleSlots : AllocOdd(s)
  \/ \E s \in Slots, a \in Aliases : Free(s, a)
  \/ \E t \in Threads : FreeForeign(t)
  \/ SetInterim
  \/ \E t \in Threads : Drop(t)
  \/ \E t \in Threads : FreePages(t)
  \/ \E t \in Threads : FreeControl(t)
  \/ \E t \in Threads : FreeContext(t)
  \/ \E w \in Words : Forge(w)
  \/ \E s \in ModuleSlots, p \in Pointers : UserFree(s, p)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Quiet == \A t \in Threads : pc[t] = "idle"
Range(b) == b.at..(b.at + b.lines - 1)

\* HEAP-2 FreeToOrigin: a block that a client frees is not turned away, and
\* the context goes back to the heap it came from.
FreeToOriginInv == result # "rejected" /\ context # "lost"

\* HEAP-3 BlocksDisjoint: blocks lie in the region, behind what creation
\* placed there, and share no line.
BlocksDisjointInv ==
  /\ \A s \in Live : /\ held[s].at >= ControlLines + DeviceLines
                     /\ held[s].at + held[s].lines <= Lines
  /\ \A s, t \in Live : s = t \/ held[s].at >= held[t].at + held[t].lines
                              \/ held[t].at >= held[s].at + held[s].lines

\* HEAP-14 NoLeakAfterTeardown: when nobody refers to the region, neither it
\* nor the context is allocated.
NoLeakAfterTeardownInv ==
  refs = {} /\ stopped = "-" => ~control /\ ~pages /\ context = "-"

\* HEAP-15 VregionMode: lifetime memory is taken in LIFETIME mode only and
\* ends before the heap; who refers to a region finds it, with a count.
VregionModeInv ==
  /\ \A t \in Threads : pc[t] = "taking" => mode = "LIFETIME"
  /\ mode = "INTERIM" => \A s \in Live : \/ held[s].at >= limit
                                         \/ held[s].at + held[s].lines <= limit
  /\ \A t \in refs : pc[t] = "idle" => control /\ count >= 1

\* HEAP-17 OverflowSafe: no block is larger than the region.
OverflowSafeInv == \A s \in Live : held[s].lines <= Lines

\* MEM-5 ZeroInit: the kernel reads nothing that it did not initialize.
ZeroInitInv == stopped # "UNINITIALIZED"

\* MEM-8 MetadataOutsideUser: the module never writes what allocators trust.
MetadataOutsideUserInv == forged \notin {"heap", "control"}

\* ISO-2 KernelNeverTrustsUserPtr: while the region exists, the kernel goes
\* nowhere that it may not go.
KernelNeverTrustsUserPtrInv ==
  control /\ pages => stopped \notin {"PROTECTION", "UNMAPPED"}

\* ISO-3 NoKernelCallThroughUserPtr: the kernel calls no function through a
\* pointer that the module wrote.
NoKernelCallThroughUserPtrInv == stopped # "HIJACK"

\* ISO-6 VerifyBeforeEffect: a system call with a made-up region has no
\* effect but to be refused.
VerifyBeforeEffectProp ==
  [][(UNCHANGED stopped) \/ \A s \in ModuleSlots, p \in {"forged", "wild"} :
       ~UserFree(s, p)]_vars

\* ISO-10 UserCannotPanicKernel: whatever the module does, the system runs.
UserCannotPanicKernelInv == stopped = "-"

\* TSK-7 NoUseAfterFree: nobody touches the region after it is gone.
NoUseAfterFreeInv == ~(control /\ pages) => stopped # "UNMAPPED"

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachTooLittle == mode = "INVALID"
ReachInterimFull == mode = "INTERIM" /\ result = "NULL" /\ InHeap # {}
ReachLifetimeFull == mode = "LIFETIME" /\ result = "NULL" /\ Live # {}
ReachSecondInterim == mode = "INTERIM" /\ result = "warned"
ReachBufferLast == refs = {"buffer"} /\ pc["buffer"] = "context"
ReachRefused == result = "oops"
=============================================================================
