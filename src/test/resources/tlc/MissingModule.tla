---- MODULE MissingModule ----
EXTENDS Naturals, NoSuchModule
Init == x = 0 /\ y = zz
Next == UNCHANGED <<x,y>>
====
