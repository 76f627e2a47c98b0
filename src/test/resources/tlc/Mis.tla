---- MODULE Misx ----
VARIABLES x
Init == x = 0
Next == x' = x
====
