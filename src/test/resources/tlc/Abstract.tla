---- MODULE Abstract ----
EXTENDS Naturals
VARIABLES y
Init == y = 0
Up == y' > y
Next == Up
Safe == Init /\ [][Next]_y
Spec == Init /\ [][Next]_y /\ WF_y(Next)
====
