---- MODULE OutOfMemory ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = <<>> /\ y = 0
Next == x'= x \o [i \in 1..100000 |-> i + y] /\ y'=y+1
====
