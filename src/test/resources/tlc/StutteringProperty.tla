---- MODULE StutteringProperty ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0
Step == x < 3 /\ x' = (x+1) /\ UNCHANGED y
Next == Step
Spec == Init /\ [][Next]_<<x,y>> 
LiveProp == <>(x = 9)
Live2 == []<>(x=2)
====
