----------------------------- MODULE MCChainDma -----------------------------
(***************************************************************************)
(* Bounds for ChainDma. Each cfg beside this file is one claim.            *)
(***************************************************************************)
EXTENDS ChainDma

\* Whoever pauses a chain that never started can do so again and again.
Bounded == power \in -2..3
=============================================================================
