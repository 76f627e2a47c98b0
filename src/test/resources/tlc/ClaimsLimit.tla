---- MODULE ClaimsLimit ----
EXTENDS Naturals
CONSTANT limit
VARIABLES x, y
Stays == y <= limit
====
