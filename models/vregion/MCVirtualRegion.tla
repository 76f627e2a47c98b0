-------------------------- MODULE MCVirtualRegion --------------------------
(***************************************************************************)
(* Bounds for VirtualRegion. Each cfg beside this file is one claim.       *)
(***************************************************************************)
EXTENDS VirtualRegion

\* Once the context went to a wrong heap, a size has wrapped, or lifetime
\* memory was taken from under the interim heap, anything may happen; there
\* the models end.
Bounded == context # "lost" /\ OverflowSafeInv /\ used <= Lines
=============================================================================
