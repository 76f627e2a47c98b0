---- MODULE ExtendsSyntaxError ----
EXTENDS SyntaxError
Foo == 1
====
