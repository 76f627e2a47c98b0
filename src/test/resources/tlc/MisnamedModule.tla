---- MODULE AnotherName ----
VARIABLES x
Init == x = 0
Next == x' = x
====
