----------------------------- MODULE DataCaches -----------------------------
(***************************************************************************)
(* Memory behind the data caches of several cores. The caches know nothing *)
(* of each other: what one core wrote is in memory when it was written     *)
(* back, and another core sees it when it has no copy of its own.          *)
(*                                                                         *)
(* A line is the unit of everything. A core may fetch a line, or write it  *)
(* back and drop it, whenever it likes; nothing else makes room, so every  *)
(* size of cache and every replacement policy is among the behaviors.     *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Cores,  \* names of the cores
  Lines   \* the lines of memory whose content is looked at

VARIABLES
  memory,  \* memory[l]: what a line holds, as seen through the uncached window
  cache    \* cache[c][l]: a core's copy of a line

Copy(contents) == [state : {"absent", "clean", "dirty"}, holds : contents]
Absent(blank) == [state |-> "absent", holds |-> blank]  \* what it holds means nothing

\* What a core sees through the cached window.
View(c, l) == IF cache[c][l].state = "absent" THEN memory[l] ELSE cache[c][l].holds

(* The copies and the memory after an operation of one core on some lines. *)
Fetched(c, ls) ==
  [l \in Lines |->
     IF l \in ls /\ cache[c][l].state = "absent"
       THEN [state |-> "clean", holds |-> memory[l]]
       ELSE cache[c][l]]

Stored(c, l, content) ==
  [cache[c] EXCEPT ![l] = [state |-> "dirty", holds |-> content]]

WrittenBack(c, ls) ==
  [l \in Lines |->
     IF l \in ls /\ cache[c][l].state = "dirty" THEN cache[c][l].holds ELSE memory[l]]

Dropped(c, ls, blank) ==
  [l \in Lines |-> IF l \in ls THEN Absent(blank[l]) ELSE cache[c][l]]

(* What may happen at any time.                                            *)
Prefetches(c, l) ==
  /\ cache[c][l].state = "absent"
  /\ cache' = [cache EXCEPT ![c] = Fetched(c, {l})]
  /\ UNCHANGED memory

Evicts(c, l, blank) ==
  /\ cache[c][l].state # "absent"
  /\ memory' = WrittenBack(c, {l})
  /\ cache' = [cache EXCEPT ![c] = Dropped(c, {l}, blank)]
=============================================================================
