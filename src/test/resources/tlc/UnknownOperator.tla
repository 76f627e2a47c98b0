---- MODULE UnknownOperator ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = zz
Next == UNCHANGED <<x,y>>
====
