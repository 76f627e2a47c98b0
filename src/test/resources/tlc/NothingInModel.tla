---- MODULE NothingInModel ----
EXTENDS Naturals
VARIABLES x, y
Init == x \in 0..3 /\ y = 0
Step == x' = x+1 /\ UNCHANGED y
Next == Step
C == x < 3
NoC == x > 100
====
