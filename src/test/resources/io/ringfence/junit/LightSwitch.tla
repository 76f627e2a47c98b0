------------------------------ MODULE LightSwitch -----------------------------
(*****************************************************************************)
(* A light that is switched on, and then has no action left.                 *)
(*****************************************************************************)
VARIABLE light

Init == light = "off"
SwitchOn == light = "off" /\ light' = "on"
Next == SwitchOn
Spec == Init /\ [][Next]_light

OffInv == light = "off"
KnownInv == light \in {"on", "off"}
StaysOnProp == [][light = "on" => light' = "on"]_light
===============================================================================
