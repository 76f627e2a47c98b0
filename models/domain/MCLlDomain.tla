------------------------------ MODULE MCLlDomain ------------------------------
(***************************************************************************)
(* Bounds for LlDomain. Each cfg beside this file is one claim.            *)
(***************************************************************************)
EXTENDS LlDomain

\* Who sets up which core, in the user build.
OwnSetup == {<<"k0", 0>>}
EachSetup == {<<"k0", 0>>, <<"k1", 1>>}
AllSetup == {<<"k0", 0>>, <<"k0", 1>>}

\* The counter can go astray for ever: a task whose registration failed is not counted,
\* but uncounted; with B-43 one that the LL thread completes stays counted.
Bounded == total \in -1..3
=============================================================================
