----------------------------- MODULE MCSysHeap -----------------------------
(***************************************************************************)
(* Bounds for SysHeap. Each cfg beside this file is one claim.             *)
(***************************************************************************)
EXTENDS SysHeap

\* Sizes with 2^32 - 1, which a cfg cannot say; blocks of O-26 are larger.
HugeToo == {4, 28, -1}
HugeTooHardened == {100, -1}

\* Up to the first damage.
Sound ==
  /\ Running
  /\ BlocksDisjointInv /\ ChunkWalkInv /\ BucketsInv /\ CoalescedInv
  /\ ConservationInv /\ OverflowSafeInv
=============================================================================
