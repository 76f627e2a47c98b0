-------------------------- MODULE MCVirtualPages --------------------------
(***************************************************************************)
(* Bounds for VirtualPages. Each cfg beside this file is one claim.        *)
(***************************************************************************)
EXTENDS VirtualPages

\* The count is unsigned in C; below zero it is out of every bound anyway.
Bounded == inUse >= -1
=============================================================================
