---- MODULE AssumptionWithoutValue ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
ASSUME "a" + 1 = 2
Init == x = 0 /\ y = 0
Next == UNCHANGED <<x,y>>
====
