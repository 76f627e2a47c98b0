-------------------------------- MODULE Candle --------------------------------
(*****************************************************************************)
(* A candle burns down, and then another one is put in its place.            *)
(*****************************************************************************)
EXTENDS Naturals

VARIABLE height

Init == height = 3
Burn == height > 0 /\ height' = height - 1
Replace == height = 0 /\ height' = 3
\* No candle is that high.
Saw == height > 3 /\ height' = 3
Next == Burn \/ Replace \/ Saw
Spec == Init /\ [][Next]_height /\ WF_height(Next)

Upper == height > 1

HeightInv == height \in 0..3
\* In the end the candle has grown, which is not so.
GrownProp == <>(height = 4)
===============================================================================
