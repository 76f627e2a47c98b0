---------------------------- MODULE ModuleMemory ----------------------------
(***************************************************************************)
(* The memory calls of a module that runs in user space, and another       *)
(* thread of the same memory domain that overwrites, between any two steps *)
(* of a call, what the call finds in user memory.                          *)
(*                                                                         *)
(* Models mod_alloc_ext(), mod_balloc_align(), mod_free(), mod_free_all()  *)
(* and their verifiers, SOF src/audio/module_adapter/module/generic.c at   *)
(* 12dd726529. What the kernel reads out of user memory, checks, and reads *)
(* again, is in separate steps. What happens under the mutex is cut only   *)
(* where such a word is read.                                              *)
(***************************************************************************)
EXTENDS ModuleObjects

At(t, pc) == stop = "-" /\ frame[t].pc = pc
Goto(t, pc) == frame' = [frame EXCEPT ![t].pc = pc]
Return(t) == frame' = [frame EXCEPT ![t] = Idle]
Fault == /\ stop' = "fault"
         /\ UNCHANGED <<frame, mutex, word, pool, held, inUse, kernel, forged, lost>>

-----------------------------------------------------------------------------
(* User threads make a call. Nobody frees what another thread is freeing.  *)
Enter(t, call, slot, size) ==
  /\ frame' = [frame EXCEPT ![t] =
       [Idle EXCEPT !.call = call, !.slot = slot, !.size = size,
                    !.pc = IF Broken("S-70") /\ call \in Allocs
                             THEN "container" ELSE "verify"]]
  /\ UNCHANGED <<mutex, word, pool, held, inUse, kernel, forged, stop, lost>>

CallAlloc(t, call, s, n) ==
  /\ At(t, "idle") /\ held[s] = "-"
  /\ \A u \in Threads : frame[u].slot # s
  /\ Enter(t, call, s, n)

CallFree(t, s) ==
  /\ At(t, "idle") /\ held[s] # "-"
  /\ \A u \in Threads : frame[u].slot # s /\ frame[u].call # "mod_free_all"
  /\ Enter(t, "mod_free", s, "-")

CallFreeAll(t) ==
  /\ At(t, "idle")
  /\ \A u \in Threads : frame[u].call # "mod_free"
  /\ Enter(t, "mod_free_all", "-", "-")

-----------------------------------------------------------------------------
(* z_vrfy_mod_...(): may the caller write the memory of the context?       *)
Verify(t) ==
  /\ At(t, "verify")
  /\ IF CtxMissing
       THEN Fault
       ELSE /\ frame' = [frame EXCEPT ![t] =
                 IF Name(Ctx) = "other"
                   THEN [Idle EXCEPT !.pc = "dead"]
                   ELSE [@ EXCEPT !.seen = Name(Ctx),
                                  !.pc = IF @ # "verify" THEN @
                                         ELSE IF frame[t].call \notin Allocs THEN "release"
                                         ELSE IF Broken("S-70") THEN "take" ELSE "container"]]
            /\ UNCHANGED <<mutex, word, pool, held, inUse, kernel, forged, stop, lost>>

\* k_mutex_lock() and container_get().
GetContainer(t) ==
  /\ At(t, "container") /\ mutex = "-"
  /\ mutex' = t
  /\ Goto(t, IF Broken("S-70") THEN "verify" ELSE "take")
  /\ IF Free # {}
       THEN /\ pool' = Set(First(Free), "new")
            /\ UNCHANGED <<word, inUse, kernel>>
       ELSE LET home == Home(PoolCtx)
            IN  /\ pool' = Append(pool, [home |-> home,
                                         of |-> [Empty(NextSize) EXCEPT ![1] = "new"]])
                /\ word' = [word EXCEPT !.poolHeap =
                              IF @ = "NULL" /\ ~Fixed("R-70") THEN "system" ELSE @]
                /\ IF home = "victim"
                     THEN kernel' = "damaged" /\ inUse' = NotCounted
                     ELSE inUse' = [inUse EXCEPT ![home] = @ + 1] /\ UNCHANGED kernel
  /\ UNCHANGED <<held, forged, stop, lost>>

\* The container may have been cut off from the list since it was taken.
Fill(state) == IF With("new") = {} THEN pool ELSE Set(First(With("new")), state)

\* No memory: container_put(), and the call returns NULL.
NoMemory(t) ==
  /\ pool' = Fill("free")
  /\ mutex' = "-"
  /\ Return(t)
  /\ UNCHANGED <<word, held, inUse, kernel, forged, stop, lost>>

\* The context is read again, and memory is taken from it.
Take(t) ==
  /\ At(t, "take")
  /\ LET buffer == frame[t].call = "mod_balloc_align" /\ ~Fixed("R-71")
         ctx == IF buffer THEN [Ctx EXCEPT !.vreg = "NULL"] ELSE Ctx
     IN  IF frame[t].size = "none" THEN NoMemory(t)
         ELSE IF frame[t].call = "mod_balloc_align" /\ CtxMissing THEN Fault
         ELSE IF frame[t].size = "huge" THEN NoMemory(t)
         ELSE /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.pc = "record",
                             !.used = Name(ctx), !.got = Home(ctx)]]
              /\ inUse' = IF Home(ctx) = "victim" THEN inUse
                          ELSE [inUse EXCEPT ![Home(ctx)] = @ + 1]
              /\ UNCHANGED <<mutex, word, pool, held, kernel, forged, stop, lost>>

\* The container is filled, the mutex released, and the call returns.
Record(t) ==
  /\ At(t, "record")
  /\ pool' = Fill(frame[t].slot)
  /\ held' = [held EXCEPT ![frame[t].slot] = frame[t].got]
  /\ mutex' = "-"
  /\ Return(t)
  /\ UNCHANGED <<word, inUse, kernel, forged, stop, lost>>

-----------------------------------------------------------------------------
(* Freeing. The context is read again here, too.                           *)
Where(content) == IF content = "victim" THEN "victim" ELSE held[content]

\* With O-29 a container remembers which of the two the block is from.
FreeCtx(content) ==
  IF Fixed("O-29") /\ Where(content) \notin {"region", "victim"}
    THEN [Ctx EXCEPT !.vreg = "NULL"] ELSE Ctx

Release(t) ==
  /\ At(t, "release") /\ mutex = "-" /\ frame[t].call = "mod_free"
  /\ LET s == frame[t].slot
     IN  /\ held' = [held EXCEPT ![s] = "-"]
         /\ Return(t)
         /\ IF With(s) = {}
              THEN /\ lost' = TRUE
                   /\ UNCHANGED <<pool, inUse, kernel>>
              ELSE /\ pool' = Set(First(With(s)), "free")
                   /\ FreeEach(<<[block |-> Where(s), ctx |-> FreeCtx(s)]>>)
  /\ UNCHANGED <<mutex, word, forged, stop>>

Contents == {s \in Slots \cup {"victim"} : With(s) # {}}
Sequenced(set) == CHOOSE seq \in [1..Cardinality(set) -> set] :
                    \A i, j \in DOMAIN seq : i # j => seq[i] # seq[j]
Blocks == LET contents == Sequenced(Contents)
          IN  [i \in DOMAIN contents |->
                [block |-> Where(contents[i]), ctx |-> FreeCtx(contents[i])]]
           \o [i \in 1..Len(pool) |-> [block |-> pool[i].home, ctx |-> PoolCtx]]

\* mod_resource_init() writes the pool's words anew.
Cleared == IF Fixed("R-70") THEN word
           ELSE [word EXCEPT !.poolHeap = Ctx.heap, !.poolVreg = Ctx.vreg]

ReleaseAll(t) ==
  /\ At(t, "release") /\ mutex = "-" /\ frame[t].call = "mod_free_all"
  /\ pool' = <<>>
  /\ held' = [s \in Slots |-> IF s \in Contents THEN "-" ELSE held[s]]
  /\ FreeEach(Blocks)
  /\ IF Fixed("R-72")
       THEN IF CtxMissing
              THEN stop' = "fault" /\ UNCHANGED <<frame, mutex, word>>
              ELSE Return(t) /\ word' = Cleared /\ UNCHANGED <<mutex, stop>>
       ELSE Goto(t, "reset") /\ UNCHANGED <<word, mutex, stop>>
  /\ UNCHANGED forged

Reset(t) ==
  /\ At(t, "reset")
  /\ IF CtxMissing
       THEN /\ stop' = "fault"
            /\ UNCHANGED <<frame, word>>
       ELSE /\ word' = Cleared
            /\ Return(t)
            /\ UNCHANGED stop
  /\ pool' = <<>>
  /\ UNCHANGED <<mutex, held, inUse, kernel, forged, lost>>

-----------------------------------------------------------------------------
(* The attacker stores to memory that it may write, at any time.           *)
Forge(x) ==
  /\ stop = "-" /\ forged < MaxForgeries
  /\ forged' = forged + 1
  /\ IF x = "container=victim"
       THEN /\ Len(pool) > 0 /\ pool[1].home \in {"own", "region"}
            /\ pool[1].of[1] \in Slots
            /\ pool' = [pool EXCEPT ![1].of[1] = "victim"]
            /\ UNCHANGED word
       ELSE /\ word' = CASE x = "alloc=NULL"  -> [word EXCEPT !.alloc = "NULL"]
                         [] x = "heap=NULL"   -> [word EXCEPT !.heap = "NULL"]
                         [] x = "heap=other"  -> [word EXCEPT !.heap = "other"]
                         [] x = "heap=forged" -> [word EXCEPT !.heap = "forged"]
                         [] x = "vreg=forged" -> [word EXCEPT !.vreg = "forged"]
                         [] x = "pool=forged" -> [word EXCEPT !.poolVreg = "forged"]
            /\ UNCHANGED pool
  /\ UNCHANGED <<frame, mutex, held, inUse, kernel, stop, lost>>

Makers(call) == IF call \in Calls THEN Threads ELSE {}

Next ==
  \/ \E t \in Threads, c \in Allocs, s \in Slots, n \in Sizes : CallAlloc(t, c, s, n)
  \/ \E t \in Makers("mod_free"), s \in Slots : CallFree(t, s)
  \/ \E t \in Makers("mod_free_all") : CallFreeAll(t)
  \/ \E t \in Threads : Verify(t)
  \/ \E t \in Threads : GetContainer(t)
  \/ \E t \in Threads : Take(t)
  \/ \E t \in Threads : Record(t)
  \/ \E t \in Makers("mod_free") : Release(t)
  \/ \E t \in Makers("mod_free_all") : ReleaseAll(t)
  \/ \E t \in Makers("mod_free_all") : Reset(t)
  \/ \E x \in Forgeries : Forge(x)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* ISO-2 KernelNeverTrustsUserPtr: no pointer that lies in user memory leads
\* the kernel to write, or to free, an object of its own.
KernelNeverTrustsUserPtrInv == kernel = "whole"

\* ISO-4 SingleFetch: the context that memory is taken from is the one that
\* was verified.
SingleFetchInv ==
  \A t \in Threads : frame[t].used # "-" => frame[t].used = frame[t].seen

\* ISO-5 SyscallVerifyComplete: what passes the verifier is the context that
\* the module was given.
SyscallVerifyCompleteInv ==
  \A t \in Threads : frame[t].seen \in {"-", Name(Given)}

\* ISO-6 VerifyBeforeEffect: a call that was not verified yet changes nothing.
VerifyBeforeEffectProp ==
  [][\A t \in Threads :
       frame'[t] = frame[t] \/ frame'[t].seen # "-" \/ frame'[t].pc = "idle"
         \/ UNCHANGED <<mutex, pool, inUse>>]_vars

\* ISO-7 OopsHoldsNothing: a thread that a verifier killed holds no lock.
OopsHoldsNothingInv ==
  \A t \in Threads : frame[t].pc = "dead" => mutex # t

\* ISO-8 HeapConfinement: memory handed to the module lies in its heap or in
\* its region.
HeapConfinementInv ==
  \A s \in Slots : held[s] \in {"-", "own", "region"}

\* ISO-10 UserCannotPanicKernel: the kernel does not fault.
UserCannotPanicKernelInv == stop = "-"

\* HEAP-2 FreeToOrigin: every free reaches the heap that the block is from.
FreeToOriginInv == ~lost

\* HEAP-14 NoLeakAfterTeardown: when the pool is empty and no call is under
\* way, every heap is as it was at the start.
NoLeakAfterTeardownInv ==
  pool = <<>> /\ (\A t \in Threads : frame[t].pc \in {"idle", "dead"})
    => inUse = [h \in Heaps |-> 0]

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachSecondSet == Len(pool) > 1
ReachOops == \E t \in Threads : frame[t].pc = "dead"
ReachForgedWhileVerified ==
  forged > 0 /\ \E t \in Threads : frame[t].pc = "container" /\ frame[t].seen # "-"
ReachWaiting ==
  \E t \in Threads : mutex \notin {"-", t} /\ frame[t].pc \in {"container", "release"}
=============================================================================
