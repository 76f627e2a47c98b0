------------------------------ MODULE TicketSale ------------------------------
(*****************************************************************************)
(* Clerks sell the seats of a hall at the same time. A clerk looks whether a *)
(* seat is free, and sells it a moment later.                                *)
(*****************************************************************************)
EXTENDS Naturals

CONSTANTS
  Clerks,    \* who sells
  Seats,     \* how many seats there are
  LooksTwice \* whether a clerk looks again at the moment of the sale

VARIABLES
  clerk, \* what each clerk is doing
  sold   \* how many tickets were sold

vars == <<clerk, sold>>

TypeInv == clerk \in [Clerks -> {"idle", "selling", "away"}] /\ sold \in Nat

Init == clerk = [c \in Clerks |-> "idle"] /\ sold = 0

Look(c) ==
  /\ clerk[c] = "idle"
  /\ sold < Seats
  /\ clerk' = [clerk EXCEPT ![c] = "selling"]
  /\ UNCHANGED sold

Sell(c) ==
  /\ clerk[c] = "selling"
  /\ LooksTwice => sold < Seats
  /\ clerk' = [clerk EXCEPT ![c] = "idle"]
  /\ sold' = sold + 1

Refuse(c) ==
  /\ clerk[c] = "selling"
  /\ LooksTwice
  /\ sold >= Seats
  /\ clerk' = [clerk EXCEPT ![c] = "idle"]
  /\ UNCHANGED sold

Leave(c) ==
  /\ clerk[c] = "idle"
  /\ clerk' = [clerk EXCEPT ![c] = "away"]
  /\ UNCHANGED sold

Return(c) ==
  /\ clerk[c] = "away"
  /\ clerk' = [clerk EXCEPT ![c] = "idle"]
  /\ UNCHANGED sold

Next ==
  \E c \in Clerks : Look(c) \/ Sell(c) \/ Refuse(c) \/ Leave(c) \/ Return(c)

\* A clerk who can look again and again does so in the end.
Spec ==
  /\ Init
  /\ [][Next]_vars
  /\ \A c \in Clerks : SF_vars(Look(c)) /\ WF_vars(Sell(c)) /\ WF_vars(Return(c))

\* A clerk may leave each time before looking.
LazySpec ==
  /\ Init
  /\ [][Next]_vars
  /\ \A c \in Clerks : WF_vars(Look(c)) /\ WF_vars(Sell(c)) /\ WF_vars(Return(c))

\* No seat is sold twice.
NoOversaleInv == sold <= Seats

\* Nobody takes a ticket back.
NoReturnProp == [][sold' >= sold]_vars

\* In the end every seat is sold.
SoldOutProp == <>(sold >= Seats)
===============================================================================
