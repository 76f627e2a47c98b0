---- MODULE Counter ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = "a"
Incr(k) == x < 3 /\ x' = x + k /\ y' = y
Reset == x >= 3 /\ x' = 0 /\ y'=y
Next == (\E k \in {1,2} : Incr(k)) \/ Reset
Inv == x < 5
====
