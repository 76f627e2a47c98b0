---- MODULE Claims ----
\* A walk over a grid, with properties of every shape.
EXTENDS Naturals

VARIABLES x, y
vars == <<x, y>>

Init == x = 0 /\ y = 0
Right == x < 4 /\ x' = x + 1 /\ y' = y
Up == y < 4 /\ y' = y + 1 /\ x' = x
Next == Right \/ Up
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)

Limits(limit) == INSTANCE ClaimsLimit

\* They hold.
TypeOK == x \in 0..4 /\ y \in 0..4
OneStepProp == [][x' + y' = x + y + 1]_vars
WalkProp == Init /\ [][Next]_vars
ArrivesProp == <>(x = 4 /\ y = 4)

\* They do not, each somewhere else.
SumInv == x + y < 6
NarrowInv ==
  /\ x < 3 \* as \/ this
  /\ \/ y < 4
     \/ x = 4
JunctionProp ==
  [][ /\ x' = x \/ \A k \in {2} :
                     x # k  (* a comment [][ *)
      /\ LET up == y' - y IN
         \/ up = 0
         \/ y < 3 ]_<<x, y>>
InstanceProp == [][Limits(3)!Stays']_vars
OnlyUpProp == [][y' = y + 1]_x

\* Where SumInv is violated first, so is this.
SumToInv == x + y \in 0..5

\* Where NarrowInv is violated first, so is this, and nowhere else.
ThirdInv == ~(x = 3 /\ y = 0)

\* Where OnlyUpProp is violated first, so is this, and nowhere else.
NoRightProp == [][x = 0 /\ y = 0 => x' = 0]_vars

\* Wrong in other ways.
StartInv == x > 0
NoValueInv == x < 3 \/ <<x>>[2] = 1
AlwaysProp == [](x + y < 6)
====
