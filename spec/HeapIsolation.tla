---------------------------- MODULE HeapIsolation ----------------------------
(***************************************************************************)
(* The heaps of SOF under kernel clients and a hostile user space: all     *)
(* calls in any order, and what must hold.                                 *)
(*                                                                         *)
(* HeapCalls has the calls, HeapSelection the choice of the heap, both at  *)
(* SOF 12dd726529. A handle leads to a heap, to nothing, or to memory in   *)
(* which user threads forge a heap: their own, another object there, or a  *)
(* block that was freed, which makes no difference, as they can write it.  *)
(* Whatever else it leads to, a kernel object or no memory at all, is no   *)
(* heap either: the kernel crashes there as it does at a forged one.       *)
(***************************************************************************)
EXTENDS HeapCalls

Next ==
  \/ \E c \in KernelClients, api \in Apis, flags \in FlagSets, h \in HeapArgs :
       KernelAlloc(c, api, flags, h)
  \/ \E c \in KernelClients, h \in FreeArgs, flip \in Flips : KernelFree(c, h, flip)
  \/ \E c \in KernelClients : ChainDmaFails(c)
  \/ \E c \in KernelClients : FastGetFails(c)
  \/ \E m \in Modules : DriverInit(m)
  \/ \E m \in Modules : DriverRemove(m)
  \/ \E t \in UserThreads, h \in UserArgs, flags \in UserFlagSets : UserAlloc(t, h, flags)
  \/ \E t \in UserThreads, h \in UserArgs, target \in Targets : UserFree(t, h, target)
  \/ \E t \in UserThreads : Touch(t)
  \/ \E t \in UserThreads, c \in Exposed, d \in Clients : WriteHeld(t, c, d)
  \/ \E t \in UserThreads, value \in PointerValues : WritePointer(t, value)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Heaps.                                                                  *)

\* HEAP-1 Disjoint: the memory of a nested heap is a live block of the outer
\* heap, and nobody else's.
DisjointInv ==
  \A n \in Nested : home[n] # 0 =>
    /\ home[n] \in taken[Outer]
    /\ \A m \in Nested \ {n} : home[m] # home[n]
    /\ \A c \in Clients : held[c].heap = Outer => held[c].place # home[n]

\* HEAP-2 FreeToOrigin: a free reaches the allocator that the block is from,
\* or none.
FreeToOriginInv ==
  call.op = "free" /\ call.of # "-" => call.via \in {call.of, "-"}

\* HEAP-8 NoDoubleFree: a free that an allocator carries out takes a live block
\* away from it.
NoDoubleFreeProp ==
  [][call'.op = "free" /\ call'.via = call'.of /\ call'.of # "-" => taken' # taken]_vars

\* HEAP-10 AliasRoundTrip: a free to the heap of the block, by whichever alias,
\* leaves the lists of the heap in order.
AliasRoundTripInv ==
  call.op = "free" /\ call.via = call.of => call.via \notin astray

\* HEAP-11 FailClean: an allocation that gets no block returns NULL and changes
\* nothing.
FailCleanProp ==
  [][call'.op = "alloc" /\ call'.via \in Heap /\ call'.result \notin {"allocated", "oops"}
       => UNCHANGED <<taken, held, table>> /\ call'.result = "NULL"]_vars

\* HEAP-12 Selection: a block comes from the heap that the table says, and no
\* block means that it says none, or that there is no room.
SelectionProp ==
  [][\/ call'.op # "alloc" \/ call'.result \notin {"allocated", "NULL"}
     \/ LET c == call'.by h == call'.arg
         IN  c \in KernelClients =>
               \A flags \in FlagSets : flags \ {"KERNEL"} = call'.flags \ {"KERNEL"} =>
                 \A api \in Apis : KernelAlloc(c, api, flags, h) =>
                   LET heap == Expected(api, flags, h)
                   IN  IF call'.result = "NULL"
                         THEN heap = "none" \/ Room(heap) = {}
                         ELSE held'[c].heap = heap]_vars

\* HEAP-13 NestedHeapSafe: the outer heap is never asked to free an address
\* inside of a live inner heap.
NestedHeapSafeInv ==
  call.op = "free" /\ call.of \in Nested => call.via # Outer

\* HEAP-14 NoLeakAfterTeardown: when nobody holds anything, each heap is as it
\* was at the start.
NoLeakAfterTeardownInv ==
  /\ ~Halted
  /\ home["driver"] = 0
  /\ \A c \in Clients : held[c] = NoBlock \/ c \in done
  => \A h \in Heap \ {"driver"} : taken[h] = Empty[h]

\* HEAP-18 InteriorFreeRejected: an address that is not the start of a block is
\* refused.
InteriorFreeRejectedInv ==
  call.at \in {"interior", "header"} => call.result \in {"refused", "oops"}

\* MEM-9 FlagHeapConsistent: kernel memory is not asked for from the user heap.
FlagHeapConsistentInv == "KERNEL" \in call.flags => call.via # "user"

-----------------------------------------------------------------------------
(* Isolation.                                                              *)

\* ISO-1 UserNeverTouchesKernel: a thread that touches what it was given does
\* not fault.
UserNeverTouchesKernelInv == call.result # "fault"

\* ISO-2 KernelNeverTrustsUserPtr: where kernel code means the user heap it
\* uses the user heap, and it frees no block that another client in the kernel
\* holds, whatever user space wrote.
KernelNeverTrustsUserPtrProp ==
  [][call'.by \in KernelClients =>
       /\ call'.arg = "user" => call'.handle = "user"
       /\ call'.op = "free" => \A c \in KernelClients \ {call'.by} :
            Live(c) => held[c].place \in taken'[held[c].heap]]_vars

\* ISO-5 SyscallVerifyComplete: a system call that gets past its verifier
\* allocates from the user heap, or frees the start of a live block there that
\* no kernel client holds.
SyscallVerifyCompleteProp ==
  [][call'.by \in UserThreads /\ call'.via # "-" =>
       /\ call'.via = "user"
       /\ call'.op = "free" => call'.at = "start" /\ call'.result = "freed"
       /\ \A c \in KernelClients \ Exposed :
            held[c].heap = "user" /\ Live(c) => held[c].place \in taken'["user"]]_vars

\* ISO-6 VerifyBeforeEffect: a system call that is refused had no effect.
VerifyBeforeEffectProp ==
  [][call'.result = "oops" => UNCHANGED <<taken, home, held, done, pointer, table>>]_vars

\* ISO-7 OopsHoldsNothing: a call whose verifier kills the thread allocates no
\* block that nobody holds.
OopsHoldsNothingProp ==
  [][call'.result = "oops" =>
       \A p \in taken'["user"] \ taken["user"] :
         \E c \in Clients : held'[c].heap = "user" /\ held'[c].place = p]_vars

\* ISO-8 HeapConfinement: memory that a thread gets lies in a heap that is
\* mapped for the thread.
HeapConfinementInv ==
  call.by \in UserThreads /\ call.op = "alloc" /\ call.result = "allocated" =>
    held[call.by].heap = "user" /\ call.by \in InDomain

\* ISO-10 UserCannotPanicKernel: the kernel stops only by a mistake of its own
\* clients: a heap named that the block is not from, or not built.
Mistake == /\ call.by \in KernelClients
           /\ \/ call.op = "free" /\ call.arg # RightArg(call.of)
              \/ call.op = "alloc" /\ call.via \notin {"user", "forged"}
UserCannotPanicKernelInv == Halted => Mistake

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachUserHeapFull == Room("user") = {}
ReachNoRoom == call.result = "NULL"
ReachKernelBlockInUserHeap == \E c \in KernelClients : held[c].heap = "user"
ReachDriverHeap == home["driver"] # 0 /\ taken["driver"] # {}
ReachNoDriverHeap == call.op = "init" /\ call.result = "NULL"
ReachUserFreed == call.by \in UserThreads /\ call.op = "free" /\ call.result = "freed"
ReachAllDead == UserThreads # {} /\ dead = UserThreads
ReachRefused == call.result = "refused"
=============================================================================
