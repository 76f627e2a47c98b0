---- MODULE NoInitialState ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0 /\ x = 1
Next == UNCHANGED <<x,y>>
Inv == x > 100
====
