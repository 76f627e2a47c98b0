---- MODULE FailedAssert ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Next == Assert(x < 2, "boom {x}") /\ x' = x+1 /\ y' = y
====
