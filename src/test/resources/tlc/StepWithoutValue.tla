---- MODULE StepWithoutValue ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = <<1,2>>
Step == x' = x+1 /\ y' = IF y[x+1] = 2 THEN y ELSE y
Next == Step
====
