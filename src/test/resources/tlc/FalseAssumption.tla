---- MODULE FalseAssumption ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
ASSUME 1 = 2
ASSUME Named == 3 = 4
Init == x = 0 /\ y = 0
Next == UNCHANGED <<x,y>>
====
