------------------------------- MODULE Queues -------------------------------
(* Threads append to and take from queues: parameters, parallel edges, inner *)
(* choices, several initial states, constraints.                             *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS Threads, Limit, Nobody

VARIABLES
  queue, \* the threads that wait, in order
  owner, \* who holds the queue, or Nobody
  ticks  \* [Threads -> Nat], how often each thread ran

vars == <<queue, owner, ticks>>

Init ==
  /\ queue = <<>>
  /\ owner \in Threads \cup {Nobody}
  /\ ticks = [t \in Threads |-> 0]

Append2(t, n) ==
  /\ Len(queue) + n <= Limit
  /\ queue' = queue \o [i \in 1..n |-> t]
  /\ UNCHANGED <<owner, ticks>>

Take(t) ==
  /\ queue # <<>>
  /\ Head(queue) = t
  /\ queue' = Tail(queue)
  /\ ticks' = [ticks EXCEPT ![t] = (@ + 1) % 3]
  /\ UNCHANGED owner

Grab(t) ==
  \E previous \in Threads \cup {Nobody} :
    /\ owner = previous
    /\ owner' = t
    /\ UNCHANGED <<queue, ticks>>

Release == owner' = Nobody /\ UNCHANGED <<queue, ticks>>

Forget ==
  /\ queue' = <<>>
  /\ owner' = Nobody
  /\ UNCHANGED ticks

ThreadNext(t) == Take(t) \/ Grab(t)

Next ==
  \/ \E t \in Threads : \E n \in 1..2 : Append2(t, n)
  \/ \E t \in Threads : ThreadNext(t)
  \/ Release
  \/ Forget

Spec == Init /\ [][Next]_vars

ShortConstraint == Len(queue) <= 2
CalmConstraint == ~(owner # Nobody /\ owner' # Nobody /\ owner # owner')

TypeOK == Len(queue) \in 0..Limit /\ owner \in Threads \cup {Nobody}
SoleOwnerInv == Cardinality({t \in Threads : owner = t}) <= 1
ReachFullQueue == Len(queue) = Limit
NotABoolean == Len(queue)
TicksProp == [][\A t \in Threads : ticks'[t] \in {ticks[t], (ticks[t] + 1) % 3}]_vars
KeepQueueProp == [][Len(queue') >= Len(queue)]_vars
=============================================================================
