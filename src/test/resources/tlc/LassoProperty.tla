---- MODULE LassoProperty ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Step == x' = (IF x = 3 THEN 1 ELSE x+1) /\ UNCHANGED y
Next == Step
Spec == Init /\ [][Next]_<<x,y>> /\ WF_<<x,y>>(Next)
LiveProp == <>(x = 9)
====
