---- MODULE IncompleteStep ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Step == x'=x+1
Next == Step
====
