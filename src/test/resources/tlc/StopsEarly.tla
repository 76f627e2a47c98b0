---- MODULE StopsEarly ----
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x < 20 /\ x' = x + 1 /\ (x = 5 => TLCSet("exit", TRUE))
Inv == x < 100
====
