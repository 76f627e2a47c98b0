---- MODULE Wrapped ----
(* Ways to write a next-state relation. *)
EXTENDS Steps
CONSTANT Big
Bounded(k) == y < 3 /\ Up(k)
LetNext == LET ks == {1, 2} IN (\E k \in ks : Bounded(k)) \/ Down
Conjoined == y < 4 /\ Next
OverState == \E k \in {n \in 1..2 : n <= y + 1} : Up(k)
OfState == Up(y) \/ Down
Plain == y' = (y + 1) % 3
PlainChoice == \E k \in {1, 2} : y' = (y + k) % 3
Swap(a, b) == y' = (y + a * b) % 5
Swapped == \E p \in {1, 2}, q \in {3} : Swap(q, p)
Nested == \E k \in {1, 2} : \/ Up(k)
                            \/ Down
Labelled(k) == /\ y < 4
               /\ (y' = y + k \/ y' = y)
LabelledNext == \E k \in {1} : Labelled(k)
TwoWays(k) == (y < 4 /\ y' = y + k) \/ (y > 0 /\ y' = y - k)
TwoWaysNext == \E k \in {1} : TwoWays(k)
ReplacedInv == FALSE
TrueInv == y >= 0
====
