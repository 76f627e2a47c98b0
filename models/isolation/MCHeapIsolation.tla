-------------------------- MODULE MCHeapIsolation --------------------------
(***************************************************************************)
(* Bounds for HeapIsolation. Each cfg beside this file is one claim.       *)
(***************************************************************************)
EXTENDS HeapIsolation

AllApis == {"rmalloc", "rzalloc", "rballoc", "sof_heap_alloc"}

\* All that decides where memory comes from, and a flag that does not.
AllFlagSets == SUBSET {"COHERENT", "L3", "SHARED", "LARGE"} \cup {{"KERNEL"}}

\* What an allocator does once its lists lead out of its heap depends on sizes
\* and content that the spec does not have.
InOrder == astray = {}
=============================================================================
