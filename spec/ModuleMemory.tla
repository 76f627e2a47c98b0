---------------------------- MODULE ModuleMemory ----------------------------
(***************************************************************************)
(* The memory calls of a module that runs in user space, and another       *)
(* thread of the same memory domain that overwrites, between any two steps *)
(* of a call, what the call finds in user memory.                          *)
(*                                                                         *)
(* Models mod_alloc_ext(), mod_balloc_align(), mod_free(), mod_free_all(), *)
(* mod_data_blob_handler_new(), mod_fast_get() of a large copy that another*)
(* module has too, and their verifiers, SOF src/audio/module_adapter/module/generic.c at   *)
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

CanAcquire(t, s) ==
  /\ At(t, "idle") /\ held[s] = "-"
  /\ \A u \in Threads : frame[u].slot # s

CallAlloc(t, call, s, n) == CanAcquire(t, s) /\ Enter(t, call, s, n)

CallBlobHandler(t, s) ==
  CanAcquire(t, s) /\ Enter(t, "mod_data_blob_handler_new", s, "-")

CallFastGet(t, s) == CanAcquire(t, s) /\ Enter(t, "mod_fast_get", s, "-")

CallFree(t, s) ==
  /\ At(t, "idle") /\ held[s] # "-"
  /\ \A u \in Threads : frame[u].slot # s /\ frame[u].call # "mod_free_all"
  /\ Enter(t, "mod_free", s, "-")

CallFreeAll(t) ==
  /\ At(t, "idle")
  /\ \A u \in Threads : frame[u].call # "mod_free"
  /\ Enter(t, "mod_free_all", "-", "-")

Late(t) == Broken("S-70") /\ frame[t].call \in Allocs

-----------------------------------------------------------------------------
(* z_vrfy_mod_...(): may the caller write the memory of the context?       *)
Verify(t) ==
  /\ At(t, "verify")
  /\ IF CtxMissing \/ Unmapped(Ctx)
       THEN Fault
       ELSE /\ frame' = [frame EXCEPT ![t] =
                 IF Name(Ctx) = "other"
                   THEN [Idle EXCEPT !.pc = "dead"]
                   ELSE [@ EXCEPT !.seen = Name(Ctx),
                                  !.pc = IF @ # "verify" THEN @
                                         ELSE IF frame[t].call \notin Acquires THEN "release"
                                         ELSE IF Late(t) THEN "take" ELSE "container"]]
            /\ UNCHANGED <<mutex, word, pool, held, inUse, kernel, forged, stop, lost>>

\* k_mutex_lock() and container_get().
GetContainer(t) ==
  /\ At(t, "container") /\ mutex = "-"
  /\ mutex' = t
  /\ IF Free = {} /\ Unmapped(PoolCtx)
       THEN /\ stop' = "fault"
            /\ UNCHANGED <<frame, word, pool, inUse, kernel>>
       ELSE /\ Goto(t, IF Late(t) THEN "verify" ELSE "take")
            /\ UNCHANGED stop
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
  /\ UNCHANGED <<held, forged, lost>>

\* The container may have been cut off from the list since it was taken.
Fill(state) == IF With("new") = {} THEN pool ELSE Set(First(With("new")), state)

\* No memory: container_put(), and the call returns NULL.
NoMemory(t) ==
  /\ pool' = Fill("free")
  /\ mutex' = "-"
  /\ Return(t)
  /\ UNCHANGED <<word, held, inUse, kernel, forged, stop, lost>>

\* What a call got, from which context.
Got(t, ctx, what, home) ==
  /\ frame' = [frame EXCEPT ![t] = [@ EXCEPT !.pc = "record", !.used = ctx, !.got = what]]
  /\ inUse' = IF home \in Heaps THEN [inUse EXCEPT ![home] = @ + 1] ELSE inUse
  /\ UNCHANGED <<mutex, word, pool, held, kernel, forged, stop, lost>>

\* The context is read again, and memory is taken from it. A handler is taken
\* from the LL user heap instead, and the copy is there already.
Take(t) ==
  /\ At(t, "take")
  /\ LET call == frame[t].call
         buffer == call = "mod_balloc_align" /\ ~Fixed("R-71")
         ctx == IF buffer THEN [Ctx EXCEPT !.vreg = "NULL"] ELSE Ctx
     IN  IF call = "mod_data_blob_handler_new" THEN Got(t, "-", "handler", "own")
         ELSE IF call = "mod_fast_get" THEN Got(t, Name(ctx), "copy", "-")
         ELSE IF frame[t].size = "none" THEN NoMemory(t)
         ELSE IF \/ call = "mod_balloc_align" /\ CtxMissing
                 \/ Unmapped(ctx) THEN Fault
         ELSE IF frame[t].size = "huge" THEN NoMemory(t)
         ELSE Got(t, Name(ctx), Home(ctx), Home(ctx))

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
Where(content) == IF content \in Strange THEN content ELSE held[content]

\* With O-29 a container remembers which of the two the block is from.
FreeCtx(content) ==
  IF Fixed("O-29") /\ Where(content) \notin {"region", "victim"}
    THEN [Ctx EXCEPT !.vreg = "NULL"] ELSE Ctx

\* What a container stands for: a handler goes back to the LL user heap, after
\* its blobs were freed by the function that it names.
Item(content) ==
  LET handler == content \in Slots /\ (held[content] = "handler" \/ word.type = content)
  IN  IF handler
        THEN [block |-> IF held[content] = "handler" THEN "own" ELSE held[content],
              ctx |-> UserHeap,
              astray |-> ~Fixed("R-87") /\ (content \in word.free \/ word.type = content)]
        ELSE [block |-> Where(content), ctx |-> FreeCtx(content), astray |-> FALSE]

\* The words in blocks that are no longer the module's.
Forget(slots) == [word EXCEPT !.free = @ \ slots,
                              !.type = IF @ \in slots THEN "-" ELSE @]

Release(t) ==
  /\ At(t, "release") /\ mutex = "-" /\ frame[t].call = "mod_free"
  /\ LET s == frame[t].slot
     IN  IF With(s) # {} /\ Faults(<<Item(s)>>) THEN Fault
         ELSE /\ held' = [held EXCEPT ![s] = "-"]
              /\ word' = Forget({s})
              /\ Return(t)
              /\ IF With(s) = {}
                   THEN /\ lost' = (lost \/ held[s] \notin {"handler", "copy"})
                        /\ UNCHANGED <<pool, inUse, kernel>>
                   ELSE /\ pool' = Set(First(With(s)), "free")
                        /\ FreeEach(<<Item(s)>>)
              /\ UNCHANGED <<mutex, forged, stop>>

Contents == {s \in Slots \cup Strange : With(s) # {}}
Sequenced(set) == CHOOSE seq \in [1..Cardinality(set) -> set] :
                    \A i, j \in DOMAIN seq : i # j => seq[i] # seq[j]
Items == LET contents == Sequenced(Contents)
         IN  [i \in DOMAIN contents |-> Item(contents[i])]
Sets == [i \in 1..Len(pool) |->
          [block |-> pool[i].home, ctx |-> PoolCtx, astray |-> FALSE]]

\* mod_resource_init() writes the pool's words anew.
Cleared(before) == IF Fixed("R-70") THEN before
                   ELSE [before EXCEPT !.poolHeap = Ctx.heap, !.poolVreg = Ctx.vreg]

\* The first set is off the list when the kernel faults at the pool's words.
HalfPruned == [i \in 1..Len(pool) - 1 |->
                [pool[i + 1] EXCEPT !.of = Empty(Len(pool[i + 1].of))]]

ReleaseAll(t) ==
  /\ At(t, "release") /\ mutex = "-" /\ frame[t].call = "mod_free_all"
  /\ LET left == Forget(Contents)
     IN  IF Faults(Items) THEN Fault
         ELSE /\ FreeEach(IF Faults(Sets) THEN Items ELSE Items \o Sets)
              /\ IF Faults(Sets)
                   THEN /\ stop' = "fault"
                        /\ pool' = HalfPruned
                        /\ UNCHANGED <<frame, word, held>>
                 ELSE IF Fixed("R-72") /\ CtxMissing
                   THEN /\ stop' = "fault"
                        /\ pool' = <<>>
                        /\ UNCHANGED <<frame, word, held>>
                   ELSE /\ pool' = <<>>
                        /\ held' = [s \in Slots |-> IF s \in Contents THEN "-" ELSE held[s]]
                        /\ IF Fixed("R-72")
                             THEN Return(t) /\ word' = Cleared(left)
                             ELSE Goto(t, "reset") /\ word' = left
                        /\ UNCHANGED stop
              /\ UNCHANGED <<mutex, forged>>

Reset(t) ==
  /\ At(t, "reset")
  /\ IF CtxMissing
       THEN /\ stop' = "fault"
            /\ UNCHANGED <<frame, word>>
       ELSE /\ word' = Cleared(word)
            /\ Return(t)
            /\ UNCHANGED stop
  /\ pool' = <<>>
  /\ UNCHANGED <<mutex, held, inUse, kernel, forged, lost>>

-----------------------------------------------------------------------------
(* The attacker stores to memory that it may write, at any time.           *)
\* The container that it finds first, of a block that is one for the kernel.
FirstBlock ==
  IF Len(pool) > 0 /\ pool[1].home \in {"own", "region"} /\ pool[1].of[1] \in Slots
    THEN IF held[pool[1].of[1]] \in {"handler", "copy"} \/ word.type = pool[1].of[1]
           THEN "-" ELSE pool[1].of[1]
    ELSE "-"
Handlers == {s \in Slots : held[s] = "handler"}

ForgeContainer(content) ==
  /\ FirstBlock # "-"
  /\ pool' = [pool EXCEPT ![1].of[1] = content]
  /\ UNCHANGED word

ForgeWord(field, value) ==
  /\ word' = [word EXCEPT ![field] = value]
  /\ UNCHANGED pool

Forge(x) ==
  /\ stop = "-" /\ forged < MaxForgeries
  /\ forged' = forged + 1
  /\ CASE x = "alloc=NULL"        -> ForgeWord("alloc", "NULL")
       [] x = "alloc=outside"     -> ForgeWord("alloc", "outside")
       [] x = "heap=NULL"         -> ForgeWord("heap", "NULL")
       [] x = "heap=other"        -> ForgeWord("heap", "other")
       [] x = "heap=forged"       -> ForgeWord("heap", "forged")
       [] x = "heap=system"       -> ForgeWord("heap", "system")
       [] x = "heap=outside"      -> ForgeWord("heap", "outside")
       [] x = "vreg=forged"       -> ForgeWord("vreg", "forged")
       [] x = "vreg=outside"      -> ForgeWord("vreg", "outside")
       [] x = "pool=forged"       -> ForgeWord("poolVreg", "forged")
       [] x = "pool=outside"      -> ForgeWord("poolVreg", "outside")
       [] x = "mdom=NULL"         -> ForgeWord("mdom", "NULL")
       [] x = "mdom=other"        -> ForgeWord("mdom", "other")
       [] x = "mdom=outside"      -> ForgeWord("mdom", "outside")
       [] x = "container=victim"  -> ForgeContainer("victim")
       [] x = "container=other"   -> ForgeContainer("other")
       [] x = "container=outside" -> ForgeContainer("outside")
       \* It puts a handler together in the block, and calls the block one.
       [] x = "container=handler" -> /\ FirstBlock # "-" /\ held[FirstBlock] \in {"own", "region"}
                                     /\ ForgeWord("type", FirstBlock)
       \* It has the heap mapped that its handlers lie in.
       [] x = "handler=forged"    -> Handlers # {} /\ ForgeWord("free", Handlers)
  /\ UNCHANGED <<frame, mutex, held, inUse, kernel, stop, lost>>

Makers(call) == IF call \in Calls THEN Threads ELSE {}

Next ==
  \/ \E t \in Threads, c \in Allocs, s \in Slots, n \in Sizes : CallAlloc(t, c, s, n)
  \/ \E t \in Makers("mod_data_blob_handler_new"), s \in Slots : CallBlobHandler(t, s)
  \/ \E t \in Makers("mod_fast_get"), s \in Slots : CallFastGet(t, s)
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
KernelNeverTrustsUserPtrInv == kernel # "damaged"

\* ISO-3 NoKernelCallThroughUserPtr: the kernel calls no function that it finds
\* in user memory.
NoKernelCallThroughUserPtrInv == kernel # "astray"

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

\* ISO-8 HeapConfinement: memory handed to the module to write lies in its heap
\* or in its region.
HeapConfinementInv ==
  \A s \in Slots : held[s] \in {"-", "own", "region", "handler", "copy"}

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
