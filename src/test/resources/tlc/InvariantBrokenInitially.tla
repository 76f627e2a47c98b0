---- MODULE InvariantBrokenInitially ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 7 /\ y = [a |-> "x"]
Next == UNCHANGED <<x,y>>
Inv == x < 3
====
