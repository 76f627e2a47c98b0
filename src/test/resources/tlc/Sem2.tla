---- MODULE Sem2 ----
EXTENDS Naturals, Missing
Init == x = 0 /\ y = zz
Next == UNCHANGED <<x,y>>
====
