---- MODULE Ext ----
EXTENDS Parse
Foo == 1
====
