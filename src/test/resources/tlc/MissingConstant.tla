---- MODULE MissingConstant ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
CONSTANT N
Init == x = N /\ y = 0
Next == UNCHANGED <<x,y>>
====
