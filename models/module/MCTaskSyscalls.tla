-------------------------- MODULE MCTaskSyscalls --------------------------
(***************************************************************************)
(* Bounds for TaskSyscalls. Each cfg beside this file is one claim.        *)
(***************************************************************************)
EXTENDS TaskSyscalls

\* What a kernel does whose objects are damaged, or whose list is cut off, is
\* anybody's guess.
Sound == kernel = "whole" /\ (stop = "-" => NoLeakAfterTeardownInv)
=============================================================================
