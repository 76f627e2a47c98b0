------------------------- MODULE MCSharedComponent -------------------------
(***************************************************************************)
(* Bounds for SharedComponent. Each cfg beside this file is one claim.     *)
(***************************************************************************)
EXTENDS SharedComponent

\* Each component can leave one more task behind.
Bounded == lost <= 2
=============================================================================
