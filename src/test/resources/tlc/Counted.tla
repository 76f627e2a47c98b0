---- MODULE Counted ----
EXTENDS Naturals
VARIABLE x
Other == INSTANCE CountedElsewhere WITH y <- x
Init == x = 0
Up(p) == x < 2 /\ x' = x + p
Mixed ==
  \/ x = 3 /\ x' = 0
  \/ x = 50 /\ x' = 51
Next ==
  \/ \E p \in {1, 2} : Up(p)
  \/ Mixed
  \/ Other!Step
  \/ x = 60 /\ x' = 0
====
