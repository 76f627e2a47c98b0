---- MODULE StepPropertyBroken ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Step == x < 2 /\ x' = x+1 /\ UNCHANGED y
Back == x = 2 /\ x' = 0 /\ UNCHANGED y
Next == Step \/ Back
MonoProp == [][x' >= x]_<<x,y>>
====
