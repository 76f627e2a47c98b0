---------------------------- MODULE MCOwnership ----------------------------
(***************************************************************************)
(* Bounds and instances for SchedulerOwnership. Each cfg beside this file  *)
(* is one claim; it picks from the definitions below.                      *)
(***************************************************************************)
EXTENDS SchedulerOwnership

CONSTANTS
  MaxBusy,    \* how many threads may be inside a call at the same time
  MaxTaint    \* how many registry words user space may have overwritten

\* Cores c0 and c1; c2 is one past the end. k0 and k1 are the kernel threads,
\* u0 a user thread on core 0.
TwoCores == {"c0", "c1"}
OneCore == {"c0"}
K0 == {"k0"}
K01 == {"k0", "k1"}
U0 == {"u0"}
NoUser == {}
Kernel1 == [th \in {"k0"} |-> "c0"]
Kernel2 == [th \in {"k0", "k1"} |-> IF th = "k1" THEN "c1" ELSE "c0"]
Threads2 == [th \in {"k0", "u0"} |-> "c0"]
Threads3 == [th \in {"k0", "k1", "u0"} |-> IF th = "k1" THEN "c1" ELSE "c0"]

\* Task kt belongs to kernel clients, task ut to user clients; the kernel thread
\* of core 0 also operates on ut, as the chain-DMA commands do.
OwnTask == [th \in Threads |-> CASE th = "k0" -> Tasks \ {"ut"}
                                  [] th = "u0" -> Tasks \ {"kt"}
                                  [] OTHER -> {}]
OwnAndUserTask == [th \in Threads |-> CASE th = "k0" -> Tasks
                                         [] th = "u0" -> Tasks \ {"kt"}
                                         [] OTHER -> {}]
KernelOnly == [th \in Threads |-> IF th = "k0" THEN Tasks ELSE {}]
Anybody == [th \in Threads |-> IF th \in UserThreads THEN UserTasks ELSE Tasks]

AllTypes == {"EDF", "LL_TIMER", "LL_DMA", "DP", "TWB"}
Mini == {"EDF", "LL_TIMER"}
Main3 == {"EDF", "LL_TIMER", "DP"}

\* Heap sizes: one block for each object that the boot order can create, and
\* room for a second registration.
K3 == <<"K1", "K2", "K3">>
K4 == <<"K1", "K2", "K3", "K4">>
K6 == <<"K1", "K2", "K3", "K4", "K5", "K6">>
K8 == K6 \o <<"K7", "K8">>
K14 == K8 \o <<"K9", "K10", "K11", "K12", "K13", "K14">>
U4 == <<"U1", "U2", "U3", "U4">>
U6 == <<"U1", "U2", "U3", "U4", "U5", "U6">>
U8 == U6 \o <<"U7", "U8">>
U14 == U8 \o <<"U9", "U10", "U11", "U12", "U13", "U14">>
R4 == <<"R1", "R2", "R3", "R4">>
R6 == <<"R1", "R2", "R3", "R4", "R5", "R6">>
None == <<>>

BootMini1 == [c \in OneCore |-> <<"EDF", "LL_TIMER">>]
BootMini == [c \in TwoCores |-> IF c = "c0" THEN <<"EDF", "LL_TIMER">> ELSE <<"LL_TIMER">>]
BootMain1 == [c \in OneCore |-> <<"EDF", "LL_TIMER", "DP">>]
BootWide == [c \in TwoCores |-> <<"EDF", "LL_TIMER", "LL_DMA", "DP", "TWB">>]
BootAll1 == [c \in OneCore |-> <<"EDF", "LL_TIMER", "LL_DMA", "DP", "TWB">>]

NoUserTypes == {{}}
MergedUserTypes == {{"LL_TIMER", "DP"} \cap Types}
EverySubset == SUBSET Types

Forged == {"AH", "AN"}
NoAttacker == {}
\* The kernel's first object, and the list that the attacker prepared.
AddressClasses == {"AH"} \cup ({"K1", "U1"} \cap Addr)
TwoClasses == {"AH"} \cup ({"K1"} \cap Addr)
NoAddress == {}
JustEdf == {"EDF"}
NoTypes == {}
InRange == Cores
Core0 == {"c0"}
MayFail == BOOLEAN
Succeeds == {TRUE}
Full == {"full"}
FullOrPartial == {"full", "partial"}
Op1 == {"schedule"}
Ops2 == {"schedule", "cancel"}

\* Limits. Steps of different threads on different tasks commute, so a few
\* threads inside a call at once show every interleaving that matters for the
\* shared lists. One overwritten word is enough to break what can be broken.
Bounded ==
  /\ Cardinality({th \in Threads : thread[th].pc \notin {"idle", "oops"}}) <= MaxBusy
  /\ Cardinality(tainted) <= MaxTaint

\* Secondary cores boot once; the warm boot has models of its own.
ColdBootOnly == \A c \in Cores : power[c] # "off"
=============================================================================
