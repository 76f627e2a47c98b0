--------------------------- MODULE DmaChannels ---------------------------
(***************************************************************************)
(* The DMA system calls around a configuration: references to a            *)
(* controller, and its channels. User threads pass what they like.         *)
(*                                                                         *)
(* Models the verifiers of SOF zephyr/syscall/sof_dma.c, sof_dma_get() and *)
(* sof_dma_put() of src/lib/dma.c, user_access_to_mailbox() of             *)
(* zephyr/lib/userspace_helper.c, all at 12dd726529, and of Zephyr         *)
(* dma_request_channel() and dma_release_channel() of drivers/dma.h.       *)
(*                                                                         *)
(* There is one controller. The model ends when the kernel is hit, or when *)
(* the mailbox is: nothing else depends on that.                           *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back: there are none here
  Users,     \* the user threads, all in the LL domain
  Granted,   \* those with permission on the device
  Channels   \* how many channels the controller has

VARIABLES
  alive,     \* the threads that were not killed
  sref,      \* how many references the controller counts
  chan,      \* whether its array of channel data is allocated
  getting,   \* threads in sof_dma_get(), before their permission is looked at
  refs,      \* the threads that got a reference
  owner,     \* owner[c]: the thread that channel c was given to, "-" if it is free
  driver,    \* driver[c]: the thread that started, suspended, resumed or reloaded it
             \* last, "-" if it is stopped
  paused,    \* paused[c]: whether it is suspended
  mailbox,   \* mailbox[alias]: who wrote what is seen there
  fault      \* whether the kernel was hit by an exception

vars == <<alive, sref, chan, getting, refs, owner, driver, paused, mailbox, fault>>

AllFixes == {
  "O-55",   \* user threads may not write the mailbox by either alias
  "O-56",   \* a channel belongs to the thread that requested it
  "R-62",   \* a channel number must be that of a channel
  "R-63",   \* only who holds a reference may put it
  "R-64",   \* a pointer to write to must be aligned
  "R-65",   \* a thread that is killed loses its references and channels
  "R-66"}   \* look at the permission before taking a reference
AllDefects == {}

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
ASSUME UsersAssumption == Granted \subseteq Users /\ Channels \in 1..32

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes

Channel == 0..(Channels - 1)
Numbers == {-32} \cup 0..Channels  \* what is passed for a channel number
Nobody == "-"

TypeOK ==
  /\ alive \subseteq Users
  /\ sref \in Int
  /\ chan \in BOOLEAN
  /\ getting \subseteq alive
  /\ refs \subseteq Users
  /\ owner \in [Channel -> Users \cup {Nobody}]
  /\ driver \in [Channel -> Users \cup {Nobody}]
  /\ paused \in [Channel -> BOOLEAN]
  /\ mailbox \in [cached : {"host", "user"}, uncached : {"host", "user"}]
  /\ fault \in BOOLEAN

Init ==
  /\ alive = Users
  /\ sref = 0
  /\ chan = FALSE
  /\ getting = {}
  /\ refs = {}
  /\ owner = [c \in Channel |-> Nobody]
  /\ driver = [c \in Channel |-> Nobody]
  /\ paused = [c \in Channel |-> FALSE]
  /\ mailbox = [cached |-> "host", uncached |-> "host"]
  /\ fault = FALSE

UnchangedReferences == UNCHANGED <<sref, chan, refs>>
UnchangedTransfers == UNCHANGED <<driver, paused>>
UnchangedChannels == UNCHANGED owner /\ UnchangedTransfers

Going == ~fault /\ mailbox.cached = "host"
May(u) == Going /\ u \in alive \ getting

-----------------------------------------------------------------------------
(* References.                                                             *)
Take == /\ sref' = sref + 1
        /\ chan' = (chan \/ sref = 0)

Drop == /\ sref' = sref - 1
        /\ chan' = (chan /\ sref # 1)

\* What is left of a thread that is killed.
Free(f, u, free) == [c \in Channel |-> IF owner[c] = u THEN free ELSE f[c]]
Kill(u) ==
  /\ alive' = alive \ {u}
  /\ IF Fixed("R-65")
       THEN /\ IF u \in refs THEN Drop ELSE UNCHANGED <<sref, chan>>
            /\ refs' = refs \ {u}
            /\ owner' = Free(owner, u, Nobody)
            /\ driver' = Free(driver, u, Nobody)
            /\ paused' = Free(paused, u, FALSE)
       ELSE UnchangedReferences /\ UnchangedChannels

Oops(u) == Kill(u) /\ UNCHANGED <<getting, mailbox, fault>>

Get(u) ==
  /\ May(u)
  /\ u \notin refs
  /\ UnchangedChannels
  /\ UNCHANGED <<alive, refs, mailbox, fault>>
  /\ IF Fixed("R-66") /\ u \notin Granted
       THEN UNCHANGED <<sref, chan, getting>>
       ELSE Take /\ getting' = getting \cup {u}

GetReturns(u) ==
  /\ Going
  /\ u \in getting
  /\ UnchangedChannels
  /\ getting' = getting \ {u}
  /\ UNCHANGED <<alive, mailbox, fault>>
  /\ IF u \in Granted
       THEN refs' = refs \cup {u} /\ UNCHANGED <<sref, chan>>
       ELSE Drop /\ UNCHANGED refs

Put(u) ==
  /\ May(u)
  /\ IF u \notin Granted \/ (Fixed("R-63") /\ u \notin refs)
       THEN Oops(u)
       ELSE /\ Drop
            /\ refs' = refs \ {u}
            /\ UnchangedChannels
            /\ UNCHANGED <<alive, getting, mailbox, fault>>

-----------------------------------------------------------------------------
(* Channels. A driver refuses a number that is none of its channels. But   *)
(* dma_release_channel() takes it for a signed one, and then clears a bit  *)
(* at least 256 MB behind the bitmap: the kernel is hit by an exception.   *)
FreeChannels == {c \in Channel : owner[c] = Nobody}
First == CHOOSE c \in FreeChannels : \A d \in FreeChannels : c <= d

Request(u) ==
  /\ May(u)
  /\ IF u \notin Granted
       THEN Oops(u)
       ELSE /\ owner' = IF FreeChannels = {} THEN owner ELSE [owner EXCEPT ![First] = u]
            /\ UnchangedReferences
            /\ UnchangedTransfers
            /\ UNCHANGED <<alive, getting, mailbox, fault>>

Mine(u, n) == n \in Channel /\ owner[n] = u
Refused(u, n) == \/ u \notin Granted
                 \/ Fixed("R-62") /\ n \notin Channel
                 \/ Fixed("O-56") /\ n \in Channel /\ ~Mine(u, n)

Drive(n, who, halted) ==
  /\ driver' = [driver EXCEPT ![n] = who]
  /\ paused' = [paused EXCEPT ![n] = halted]

Release(u, n) ==
  /\ May(u)
  /\ IF Refused(u, n)
       THEN Oops(u)
       ELSE /\ owner' = [c \in Channel |-> IF c = n THEN Nobody ELSE owner[c]]
            /\ IF n \in Channel /\ Fixed("O-56")
                 THEN Drive(n, Nobody, FALSE)
                 ELSE UnchangedTransfers
            /\ fault' = (n < 0)
            /\ UnchangedReferences
            /\ UNCHANGED <<alive, getting, mailbox>>

\* What a driver does only while a transfer is in the right state it leaves
\* undone else, and says nothing.
Transfer(u, n, Does(_), who, Halted(_)) ==
  IF Refused(u, n)
    THEN Oops(u)
    ELSE /\ IF n \in Channel /\ Does(n)
              THEN Drive(n, who, Halted(n))
              ELSE UnchangedTransfers
         /\ UnchangedReferences
         /\ UNCHANGED <<alive, getting, owner, mailbox, fault>>

Always(n) == TRUE
Never(n) == FALSE
IsDriven(n) == driver[n] # Nobody
IsRunning(n) == IsDriven(n) /\ ~paused[n]
IsPaused(n) == paused[n]

Start(u, n) == May(u) /\ Transfer(u, n, Always, u, Never)
Stop(u, n) == May(u) /\ Transfer(u, n, Always, Nobody, Never)
Suspend(u, n) == May(u) /\ Transfer(u, n, IsRunning, u, Always)
Resume(u, n) == May(u) /\ Transfer(u, n, IsPaused, u, Never)
Reload(u, n) == May(u) /\ Transfer(u, n, IsDriven, u, IsPaused)

\* The kernel stores an answer through the caller's pointer.
Answer(u, p) ==
  IF u \notin Granted \/ p = "kernel" \/ (Fixed("R-64") /\ p = "odd")
    THEN Oops(u)
    ELSE /\ fault' = (p = "odd")
         /\ UnchangedReferences
         /\ UnchangedChannels
         /\ UNCHANGED <<alive, getting, mailbox>>

GetStatus(u, p) == May(u) /\ Answer(u, p)
GetAttribute(u, p) == May(u) /\ Answer(u, p)

-----------------------------------------------------------------------------
(* The mailbox of the host, at two addresses. A store that the page tables *)
(* forbid kills the thread.                                                *)
WriteMailbox(u, alias) ==
  /\ May(u)
  /\ IF alias = "uncached" \/ Fixed("O-55")
       THEN Oops(u)
       ELSE /\ mailbox' = [mailbox EXCEPT ![alias] = "user"]
            /\ UnchangedReferences
            /\ UnchangedChannels
            /\ UNCHANGED <<alive, getting, fault>>

\* The cache writes a line back when it likes.
WriteBack ==
  /\ mailbox.cached # mailbox.uncached
  /\ mailbox' = [mailbox EXCEPT !.uncached = mailbox.cached]
  /\ UnchangedReferences
  /\ UnchangedChannels
  /\ UNCHANGED <<alive, getting, fault>>

Next ==
  \/ \E u \in Users : Get(u)
  \/ \E u \in Users : GetReturns(u)
  \/ \E u \in Users : Put(u)
  \/ \E u \in Users : Request(u)
  \/ \E u \in Users, n \in Numbers : Release(u, n)
  \/ \E u \in Users, n \in Numbers : Start(u, n)
  \/ \E u \in Users, n \in Numbers : Stop(u, n)
  \/ \E u \in Users, n \in Numbers : Suspend(u, n)
  \/ \E u \in Users, n \in Numbers : Resume(u, n)
  \/ \E u \in Users, n \in Numbers : Reload(u, n)
  \/ \E u \in Users, p \in {"own", "odd", "kernel"} : GetStatus(u, p)
  \/ \E u \in Users, p \in {"own", "odd", "kernel"} : GetAttribute(u, p)
  \/ \E u \in Users, alias \in {"cached", "uncached"} : WriteMailbox(u, alias)
  \/ WriteBack

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
\* ISO-1 UserNeverTouchesKernel: what the kernel reads in the mailbox is what
\* the host wrote.
UserNeverTouchesKernelInv == mailbox.uncached = "host"

\* ISO-5 SyscallVerifyComplete: a channel that was given to a thread is started,
\* suspended, resumed and reloaded by that thread only.
SyscallVerifyCompleteInv ==
  \A c \in Channel : owner[c] # Nobody /\ driver[c] # Nobody => owner[c] = driver[c]

\* ISO-6 VerifyBeforeEffect: no reference is taken, even for a moment, for a
\* thread without permission.
VerifyBeforeEffectInv == getting \subseteq Granted

\* ISO-10 UserCannotPanicKernel: no argument makes the kernel itself fault.
UserCannotPanicKernelInv == ~fault

\* ISO-14 HandleLive: as long as a thread has a reference, the controller's
\* channel data exist.
HandleLiveInv == refs # {} => chan

\* HEAP-14 NoLeakAfterTeardown: a thread that was killed has no channel and no
\* reference.
NoLeakAfterTeardownInv ==
  /\ refs \subseteq alive
  /\ \A c \in Channel : owner[c] \in alive \cup {Nobody}

-----------------------------------------------------------------------------
(* Witnesses: situations that a model is expected to reach.                *)
ReachShared == Cardinality(refs) > 1
ReachRunning == \E c \in Channel : owner[c] # Nobody /\ driver[c] = owner[c]
ReachPaused == \E c \in Channel : owner[c] # Nobody /\ driver[c] = owner[c] /\ paused[c]
=============================================================================
