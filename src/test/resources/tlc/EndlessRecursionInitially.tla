---- MODULE EndlessRecursionInitially ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
RECURSIVE F(_)
F(n) == 1 + F(n+1)
Init == x = F(0) /\ y = 0
Next == x'=x /\ y'=y
====
