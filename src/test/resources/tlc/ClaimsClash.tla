---- MODULE ClaimsClash ----
EXTENDS Claims
Ringfence_001 == TRUE
TLCGet(register) == register
====
