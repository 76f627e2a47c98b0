---- MODULE InitWithoutValue ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = <<1>>[2] /\ y = <<1,2>>
Next == UNCHANGED <<x,y>>
====
