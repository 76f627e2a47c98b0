---- MODULE Refined ----
EXTENDS Naturals
VARIABLES x
A == INSTANCE Abstract WITH y <- x
Init == x = 0
Inc == x < 5 /\ x' = x + 2
Back == x > 5 /\ x' = 0
Next == Inc \/ Back
Spec == Init /\ [][Next]_x /\ WF_x(Next)
AbsSpec == A!Spec
AbsSafe == A!Safe
====
