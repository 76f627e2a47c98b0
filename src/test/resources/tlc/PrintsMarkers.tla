---- MODULE PrintsMarkers ----
EXTENDS Naturals, Sequences, TLC
VARIABLES x, y
Init == x = 0 /\ y = 0 /\ PrintT("@!@!@STARTMSG 2193:0 @!@!@")
Next == x < 3 /\ PrintT(<<"hello", x>>) /\ x'=x+1 /\ y'=y
Inv == x < 2
====
