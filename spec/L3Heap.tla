------------------------------- MODULE L3Heap -------------------------------
(***************************************************************************)
(* The L3 heap over power cycles. It lies in host memory (IMR) behind a    *)
(* write-back cache; IMR keeps its content while the DSP is off.           *)
(*                                                                         *)
(* Models heap_init(), l3_heap_save() and the L3 part of rmalloc() and     *)
(* rfree() in SOF zephyr/lib/alloc.c, ipc4_module_process_dx() in          *)
(* src/ipc/ipc4/handler-kernel.c, llext_manager_{store_to,restore_from}_   *)
(* dram() in src/library_manager/llext_manager_dram.c, and                 *)
(* lib_notif_msg_init() in lib_notification.c, all at 12dd726529.          *)
(*                                                                         *)
(* The library manager saves its pointers in IMR before power-off; a       *)
(* module does not. The heap has room for two blocks.                      *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back, a subset of AllDefects
  Rooms      \* at start-up, whether the system heap has room: a set of BOOLEAN

VARIABLES
  imr,       \* ace_imr_used(): the host gave the DSP memory
  phase,     \* how far the firmware is
  mapped,    \* whether the heap's memory is mapped
  heap,      \* whether l3_heap points to a heap
  copy,      \* whether l3_heap_copy, in IMR, does
  live,      \* the blocks that are allocated, as the DSP sees its memory
  memory,    \* the same in the IMR itself, behind the cache
  held,      \* held[c]: the block that a client has a pointer to, 0 if none
  saved,     \* the library's block in the context saved in IMR, 0 if none
  pool,      \* what lib_notif_pool, in SRAM, points to
  savedPool, \* whether the saved context has such a pointer
  result     \* what the last call did

vars == <<imr, phase, mapped, heap, copy, live, memory, held, saved,
          pool, savedPool, result>>

AllFixes == {
  "R-44",   \* no heap: the allocation fails
  "R-45",   \* restore no pointers to SRAM
  "R-46"}   \* no power-off while somebody holds a block that is not saved
AllDefects == {
  "B-80"}   \* the saved heap is restored, and its memory not mapped

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Rooms \subseteq BOOLEAN

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

Client == {"library", "module"}
Core == {0, 1}
Block == {1, 2}
Nobody == [c \in Client |-> 0]
Lowest(s) == CHOOSE b \in s : \A o \in s : b <= o

TypeOK ==
  /\ imr \in BOOLEAN /\ mapped \in BOOLEAN /\ heap \in BOOLEAN /\ copy \in BOOLEAN
  /\ phase \in {"off", "booting", "up", "down", "stopped"}
  /\ live \subseteq Block /\ memory \subseteq Block
  /\ held \in [Client -> Block \cup {0}]
  /\ saved \in Block \cup {0}
  /\ pool \in {"NULL", "message", "nothing"} /\ savedPool \in BOOLEAN
  /\ result \in {"-", "allocated", "NULL", "fault", "freed", "refused",
                 "saved", "busy", "restored", "empty", "dropped", "sent",
                 "stale"}

Init ==
  /\ imr \in BOOLEAN
  /\ phase = "off" /\ result = "-"
  /\ mapped = FALSE /\ heap = FALSE /\ copy = FALSE
  /\ live = {} /\ memory = {} /\ saved = 0 /\ held = Nobody
  /\ pool = "NULL" /\ savedPool = FALSE

-----------------------------------------------------------------------------
\* heap_init(). What it writes to a new heap is in the cache only.
PowerOn ==
  /\ phase = "off" /\ phase' = "booting" /\ result' = "-"
  /\ heap' = (imr \/ (Broken("B-80") /\ copy))
  /\ mapped' = (imr /\ ~(Broken("B-80") /\ copy))
  /\ live' = IF copy THEN memory ELSE {}
  /\ UNCHANGED <<imr, copy, memory, held, saved, pool, savedPool>>

\* llext_manager_restore_from_dram(); ok: the system heap has room. The merged
\* code begins with a copy of struct ext_library as it was before power-off. If
\* there is no room it reads and frees what the pointers in it point to.
Restore(ok) ==
  /\ phase = "booting" /\ (ok \/ saved # 0)
  /\ pool' = IF savedPool /\ ~Fixed("R-45") THEN "nothing" ELSE "NULL"
  /\ IF ok \/ Fixed("R-45")
       THEN /\ phase' = "up"
            /\ held' = [held EXCEPT !["library"] = IF ok THEN saved ELSE 0]
            /\ live' = IF ok THEN live ELSE live \ {saved}
            /\ saved' = 0 /\ savedPool' = FALSE
            /\ result' = IF ~ok THEN "dropped"
                         ELSE IF saved = 0 THEN "empty" ELSE "restored"
       ELSE /\ phase' = "stopped" /\ result' = "stale"
            /\ UNCHANGED <<live, held, saved, savedPool>>
  /\ UNCHANGED <<imr, mapped, heap, copy, memory>>

\* A library is loaded by IPC, which ends with SetDx; a module runs on.
Runs(c) == phase = "up" \/ (phase = "down" /\ c = "module")

\* l3_heap_alloc_aligned()
Alloc(c, core) ==
  /\ Runs(c) /\ held[c] = 0
  /\ IF core # 0 \/ (~heap /\ Fixed("R-44")) \/ (mapped /\ live = Block)
       THEN result' = "NULL" /\ UNCHANGED <<phase, live, held>>
     ELSE IF ~heap \/ ~mapped
       THEN phase' = "stopped" /\ result' = "fault" /\ UNCHANGED <<live, held>>
     ELSE LET b == Lowest(Block \ live)
          IN  /\ held' = [held EXCEPT ![c] = b] /\ live' = live \cup {b}
              /\ result' = "allocated" /\ UNCHANGED phase
  /\ UNCHANGED <<imr, mapped, heap, copy, memory, saved, pool, savedPool>>

\* l3_heap_free(). A library is never unloaded.
Free(core) ==
  /\ Runs("module") /\ held["module"] # 0
  /\ IF core # 0
       THEN result' = "refused" /\ UNCHANGED <<live, held>>
       ELSE /\ live' = live \ {held["module"]}
            /\ held' = [held EXCEPT !["module"] = 0]
            /\ result' = "freed"
  /\ UNCHANGED <<imr, phase, mapped, heap, copy, memory, saved, pool, savedPool>>

\* lib_notif_msg_init(): the message is kept for the next time.
Notify ==
  /\ phase = "up" /\ held["library"] # 0
  /\ IF pool = "nothing"
       THEN phase' = "stopped" /\ result' = "stale" /\ UNCHANGED pool
       ELSE pool' = "message" /\ result' = "sent" /\ UNCHANGED phase
  /\ UNCHANGED <<imr, mapped, heap, copy, live, memory, held, saved, savedPool>>

\* SET_DX for the primary core: llext_manager_store_to_dram(), l3_heap_save().
\* ok: L3 memory has room for the library manager's context. If not, the
\* merged code logs it and goes on.
SetDx(ok) ==
  /\ phase = "up" /\ (ok \/ held["library"] # 0)
  /\ IF Fixed("R-46") /\ (held["module"] # 0 \/ ~ok)
       THEN result' = "busy" /\ UNCHANGED <<phase, copy, memory, saved, savedPool>>
       ELSE /\ phase' = "down" /\ result' = "saved"
            /\ copy' = heap /\ memory' = live
            /\ saved' = IF ok THEN held["library"] ELSE 0
            /\ savedPool' = (ok /\ pool # "NULL")
  /\ UNCHANGED <<imr, mapped, heap, live, held, pool>>

\* SRAM and the cache lose their content. After a crash the host loads the
\* firmware anew, so that nothing in IMR counts: that is Init.
PowerOff ==
  /\ phase = "down" \/ (phase \in {"booting", "up"} /\ ~copy)
  /\ phase' = "off" /\ result' = "-"
  /\ mapped' = FALSE /\ heap' = FALSE /\ live' = {} /\ held' = Nobody
  /\ pool' = "NULL"
  /\ UNCHANGED <<imr, copy, memory, saved, savedPool>>

Next ==
  \/ PowerOn \/ PowerOff \/ Notify
  \/ \E ok \in Rooms : Restore(ok)
  \/ \E ok \in BOOLEAN : SetDx(ok)
  \/ \E c \in Client, core \in Core : Alloc(c, core)
  \/ \E core \in Core : Free(core)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* MEM-6 InitBeforePublish: whoever allocates finds a heap that is initialized
\* and mapped, or is told that there is none.
InitBeforePublishInv == result # "fault"

\* HEAP-8 NoDoubleFree: the firmware neither uses nor frees what it had in SRAM
\* before it was powered off.
NoDoubleFreeInv == result # "stale"

\* HEAP-14 NoLeakAfterTeardown: after each start, what is allocated is what
\* somebody holds: no block is left over, none is lost.
NoLeakAfterTeardownInv ==
  phase = "up" => live = {held[c] : c \in Client} \ {0}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachRestored == result = "restored"
ReachFull == phase = "up" /\ result = "NULL" /\ live = Block
ReachLostAfterSave == phase = "down" /\ live # memory
=============================================================================
