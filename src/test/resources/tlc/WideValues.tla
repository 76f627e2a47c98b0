---- MODULE WideValues ----
EXTENDS Naturals, Sequences, TLC
CONSTANTS k0, k1
VARIABLES thread
Init == thread = [k \in {k0,k1} |-> [pc |-> "averyveryverylongstringindeedindeedindeed with spaces in it and more text", b |-> [i \in 0..10 |-> <<i, {i, i+1, i+2}, "x", [aaa |-> i, bbb |-> {}]>>], f |-> <<>>, m |-> 1..3, fn |-> [z \in {k0, 3} |-> k1]]]
Next == UNCHANGED thread
Inv == thread[k0].pc = "done"
====
