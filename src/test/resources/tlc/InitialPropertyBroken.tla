---- MODULE InitialPropertyBroken ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Step == x' = 0 /\ UNCHANGED y
Next == Step
Spec == Init /\ [][Next]_<<x,y>>
RefProp == x = 1 /\ [][x' >= x]_<<x,y>>
====
