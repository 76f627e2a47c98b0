----------------------------- MODULE Ownership -----------------------------
(***************************************************************************)
(* Who owns a scheduler, with every detail left out.                       *)
(*                                                                         *)
(* Each core registers each scheduler type at most once, and the type      *)
(* alone decides on which side the scheduler lives: with the kernel or     *)
(* with the user-space memory domain. A registration is never moved and    *)
(* never taken back. The user side belongs to user space, which may ruin   *)
(* it (Forfeit): from then on nothing is promised about the user side,     *)
(* and exactly as much as before about the kernel side.                    *)
(*                                                                         *)
(* SchedulerOwnership refines this module; TLC checks that it does.        *)
(***************************************************************************)

CONSTANTS
  Cores,      \* the cores of the DSP
  Types       \* the scheduler types that are built in

VARIABLES
  side,       \* side[t]: the side, "kernel" or "user", of type t; constant
  owner       \* owner[c][t]: who owns type t of core c

Owners == {"none", "kernel", "user", "forfeit"}

TypeOK == /\ side \in [Types -> {"kernel", "user"}]
          /\ owner \in [Cores -> [Types -> Owners]]

Init == /\ side \in [Types -> {"kernel", "user"}]
        /\ owner = [c \in Cores |-> [t \in Types |-> "none"]]

-----------------------------------------------------------------------------
Register(c, t) ==
  /\ owner[c][t] = "none"
  /\ owner' = [owner EXCEPT ![c][t] = side[t]]
  /\ UNCHANGED side

Forfeit ==
  /\ owner' = [c \in Cores |-> [t \in Types |->
                 IF side[t] = "user" THEN "forfeit" ELSE owner[c][t]]]
  /\ UNCHANGED side

Next ==
  \/ \E c \in Cores, t \in Types : Register(c, t)
  \/ Forfeit

Spec == Init /\ [][Next]_<<side, owner>>

-----------------------------------------------------------------------------
(* A registered scheduler has the owner that its type decides, whatever    *)
(* user space does.                                                        *)
OneOwnerInv ==
  \A c \in Cores, t \in Types :
    owner[c][t] \in {"none", side[t]} \cup
                    (IF side[t] = "user" THEN {"forfeit"} ELSE {})

THEOREM Spec => [](TypeOK /\ OneOwnerInv)
=============================================================================
