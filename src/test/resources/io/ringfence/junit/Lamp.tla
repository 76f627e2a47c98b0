--------------------------------- MODULE Lamp ---------------------------------
(*****************************************************************************)
(* The light under another name. TLC does not look for actions in there.     *)
(*****************************************************************************)
VARIABLE lamp

Switch == INSTANCE LightSwitch WITH light <- lamp

Init == Switch!Init
Next == Switch!Next

DarkInv == lamp = "off"
===============================================================================
