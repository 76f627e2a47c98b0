---------------------------- MODULE MCEdfScheduler ---------------------------
(***************************************************************************)
(* Bounds for EdfScheduler. Each cfg beside this file is one claim.        *)
(***************************************************************************)
EXTENDS EdfScheduler

\* Once a list leads to the wrong place there is no telling what becomes of it.
Intact == WellFormedInv
=============================================================================
