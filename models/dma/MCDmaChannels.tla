-------------------------- MODULE MCDmaChannels --------------------------
(***************************************************************************)
(* Bounds for DmaChannels. Each cfg beside this file is one claim.         *)
(***************************************************************************)
EXTENDS DmaChannels

\* What goes wrong below zero goes wrong at zero as well: there is no array.
Bounded == sref >= 0
=============================================================================
