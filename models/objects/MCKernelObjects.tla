--------------------------- MODULE MCKernelObjects ---------------------------
(***************************************************************************)
(* KernelObjects is finite as it is: two cores, one task. Each cfg beside  *)
(* this file is one claim.                                                 *)
(***************************************************************************)
EXTENDS KernelObjects

\* A user thread that was killed normally brings the firmware down. A handle
\* of an object that is gone leads to whatever is allocated next.
NothingBroken ==
  /\ result.what \notin {"oops", "privileged", "protection"}
  /\ HandleLiveInv
=============================================================================
