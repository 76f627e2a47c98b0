---- MODULE Steps ----
EXTENDS Naturals
VARIABLES y
Init == y = 0
Up(k) == y < 4 /\ y' = y + k
Down == y > 0 /\ y' = y - 1
Next == (\E k \in {1, 2} : Up(k)) \/ Down
SmallInv == y <= 5
====
