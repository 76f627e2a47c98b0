-------------------------- MODULE MCModuleMemory --------------------------
(***************************************************************************)
(* Bounds for ModuleMemory. Each cfg beside this file is one claim.        *)
(***************************************************************************)
EXTENDS ModuleMemory

\* What a kernel does whose own objects are damaged is anybody's guess.
Sound == kernel = "whole"

\* What is leaked adds up.
Bounded == Sound /\ \A h \in Heaps : inUse[h] <= 3
=============================================================================
