---- MODULE LexicalError ----
EXTENDS Naturals
VARIABLES x
Init == x = 0 
Next == x' = "abc
Inv == TRUE
====
