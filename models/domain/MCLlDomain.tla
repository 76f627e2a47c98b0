------------------------------ MODULE MCLlDomain ------------------------------
(***************************************************************************)
(* Bounds for LlDomain. Each cfg beside this file is one claim.            *)
(***************************************************************************)
EXTENDS LlDomain

BothCores == {0, 1}
OwnSetup == {<<"k0", 0>>}
EachSetup == {<<"k0", 0>>, <<"k1", 1>>}
AllSetup == {<<"k0", 0>>, <<"k0", 1>>}

\* A registration that fails is not counted, but uncounted.
Bounded == total > -2
=============================================================================
