---- MODULE HiddenByInstance ----
(* The actions of another module, under a substitution: TLC does not look inside. *)
VARIABLES x
A == INSTANCE Steps WITH y <- x
Init == x = 0
Next == A!Next
NamedNext == (\E k \in {1, 2} : A!Up(k)) \/ A!Down
====
