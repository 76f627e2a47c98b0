---- MODULE Deadlock ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = [a |-> "x"]
Step == x < 2 /\ x' = x+1 /\ UNCHANGED y
Next == Step
Inv == x < 3
====
