---- MODULE CountedElsewhere ----
EXTENDS Naturals
VARIABLE y
Step == y = 2 /\ y' = 3
====
