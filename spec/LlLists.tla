------------------------------- MODULE LlLists -------------------------------
(***************************************************************************)
(* sof/list.h, word by word: rings of nodes with a head, half-updated ones *)
(* included. Each operator takes the links and returns them with what went *)
(* wrong ("no": nothing); what was written before stays written.           *)
(*                                                                         *)
(* bad is the set of nodes that the thread cannot touch.                   *)
(***************************************************************************)
EXTENDS LlDesign

Heads == {"main", "temp"}
Nodes == Heads \cup Tasks
Link == Nodes \cup {"null"}

\* Longer walks than this never end.
Fuel == 16

Failed(L, why) == [L EXCEPT !.err = why]

\* Store v in a link of x.
Store(L, field, x, v, bad) ==
  CASE L.err # "no"  -> L
    [] x = "null"    -> Failed(L, "null")
    [] x \in bad     -> Failed(L, "oops")
    [] OTHER         -> IF field = "next" THEN [L EXCEPT !.next[x] = v]
                                          ELSE [L EXCEPT !.prev[x] = v]

\* list_item_append(): insert in front of pos
InsertBefore(L, item, pos, bad) ==
  LET tail == L.prev[pos]
      L1 == Store(L, "next", tail, item, bad)
      L2 == Store(L1, "next", item, pos, bad)
      L3 == Store(L2, "prev", item, tail, bad)
  IN  IF pos \in bad THEN Failed(L, "oops") ELSE Store(L3, "prev", pos, item, bad)

\* list_item_prepend(): insert behind pos
InsertAfter(L, item, pos, bad) ==
  LET first == L.next[pos]
      L1 == Store(L, "prev", first, item, bad)
      L2 == Store(L1, "next", item, first, bad)
      L3 == Store(L2, "prev", item, pos, bad)
  IN  IF pos \in bad THEN Failed(L, "oops") ELSE Store(L3, "next", pos, item, bad)

\* list_item_del(): the item links to itself afterwards
Unlink(L, item, bad) ==
  LET L1 == Store(L, "next", item, L.next[item], bad)  \* may the item be read?
      L2 == Store(L1, "prev", L1.next[item], L1.prev[item], bad)
      L3 == Store(L2, "next", L2.prev[item], L2.next[item], bad)
      L4 == Store(L3, "next", item, item, bad)
  IN  Store(L4, "prev", item, item, bad)

\* Look for a task from x on: "found", "absent", or what goes wrong.
RECURSIVE Search(_, _, _, _, _, _)
Search(L, x, head, k, bad, fuel) ==
  CASE x = head   -> "absent"
    [] x = k      -> "found"
    [] x = "null" -> "null"
    [] x \in bad  -> "oops"
    [] fuel = 0   -> "endless"
    [] OTHER      -> Search(L, L.next[x], head, k, bad, fuel - 1)
Scan(L, head, k, bad) == Search(L, L.next[head], head, k, bad, Fuel)

\* The first node from x on that the task goes in front of; the head if none.
\* A head that is taken for a task has no priority ("wild").
RECURSIVE Place(_, _, _, _, _, _)
Place(L, x, head, k, bad, fuel) ==
  CASE x = head    -> [at |-> head, err |-> "no"]
    [] x = "null"  -> [at |-> head, err |-> "null"]
    [] x \in bad   -> [at |-> head, err |-> "oops"]
    [] x \in Heads -> [at |-> head, err |-> "wild"]
    [] fuel = 0    -> [at |-> head, err |-> "endless"]
    [] Precedes(k, x) -> [at |-> x, err |-> "no"]
    [] OTHER       -> Place(L, L.next[x], head, k, bad, fuel - 1)

\* Append where Place says.
AppendAt(L, k, place, bad) ==
  IF place.err # "no" THEN Failed(L, place.err) ELSE InsertBefore(L, k, place.at, bad)

\* The loop that moves everything from the temporary list to the main list:
\* list_for_item_safe(), which reads the next item before the body.
RECURSIVE Move(_, _, _, _, _)
Move(L, item, ahead, bad, fuel) ==
  IF item = "temp" \/ L.err # "no" THEN L
  ELSE IF fuel = 0 THEN Failed(L, "endless")
  ELSE LET moved == InsertBefore(Unlink(L, item, bad), item, "main", bad)
       IN  IF moved.err # "no" THEN moved
           ELSE IF ahead = "null" THEN Failed(moved, "null")
           ELSE IF ahead \in bad THEN Failed(moved, "oops")
           ELSE Move(moved, ahead, moved.next[ahead], bad, fuel - 1)
MoveAll(L, bad) ==
  LET item == L.next["temp"]
  IN  CASE item = "null" -> Failed(L, "null")
        [] item \in bad  -> Failed(L, "oops")
        [] OTHER         -> Move(L, item, L.next[item], bad, Fuel)

-----------------------------------------------------------------------------
(* For the properties.                                                     *)

\* The nodes on the way from x to the head, as a sequence; cut off if the way
\* does not end.
RECURSIVE Way(_, _, _, _)
Way(L, x, head, fuel) ==
  IF x = head \/ x = "null" \/ fuel = 0 THEN <<>>
  ELSE <<x>> \o Way(L, L.next[x], head, fuel - 1)
WayFrom(L, head) == Way(L, L.next[head], head, Cardinality(Nodes))

Range(s) == {s[i] : i \in 1..Len(s)}
=============================================================================
