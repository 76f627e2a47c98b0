------------------------------ MODULE MCFastGet ------------------------------
(***************************************************************************)
(* Bounds for FastGet. Each cfg beside this file is one claim.             *)
(*                                                                         *)
(* With a heap for each driver, "a" runs in user mode and "k" in the       *)
(* kernel. In the DP application "a" and "b" both run in user mode, and    *)
(* what they share is large and comes from no module's heap.               *)
(***************************************************************************)
EXTENDS FastGet

DriverHeaps == [a |-> "A", k |-> "system"]
ApplicationHeaps == [a |-> "system", b |-> "system"]

\* Entries that are never given back fill the pool; two sets of it are enough.
Bounded == Len(pool) <= 6
=============================================================================
