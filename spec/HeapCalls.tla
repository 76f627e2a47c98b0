------------------------------ MODULE HeapCalls ------------------------------
(***************************************************************************)
(* The heaps of SOF and who may do what with them. Kernel clients and      *)
(* threads of user space allocate and free; user space is hostile.         *)
(*                                                                         *)
(* Models rmalloc(), rzalloc(), rballoc(), rfree(), sof_heap_alloc() and   *)
(* sof_heap_free() of SOF zephyr/lib/alloc.c, the verifiers of the last    *)
(* two in zephyr/syscall/alloc.c, the LL user heap of                      *)
(* src/schedule/zephyr_ll_user.c, and module_driver_heap_init/remove() of  *)
(* zephyr/lib/userspace_helper.c, at 12dd726529. Each call is one step: it *)
(* takes one lock, and the kernel never waits in it.                       *)
(*                                                                         *)
(* All blocks have one size, and a heap has so few places for them that    *)
(* every allocator here takes the lowest one that is free. The user heap   *)
(* and the driver heap are themselves blocks of the virtual heap; in a     *)
(* build without that, the user heap is one of the system heap, which has  *)
(* no room for a driver's heap here.                                       *)
(***************************************************************************)
EXTENDS HeapSelection

CONSTANTS
  KernelClients,  \* kernel code that holds at most one block each
  Exposed,        \* those that keep the pointer where user space may write
  UserThreads,    \* "dp" is outside of the LL domain, all others are in it
  Apis,           \* the functions that kernel clients allocate with
  FlagSets,       \* the flags that they give
  HeapArgs,       \* the heaps that they name
  FreeArgs,       \* the heaps that they name to free, "rfree" for that call
  Careless,       \* whether they may name a heap that the block is not from
  Flips,          \* whether they free by the other alias: a set of truths
  Modules,        \* modules with a heap of their own: at most one
  UserArgs,       \* the heaps that user threads name in system calls
  UserFlagSets,   \* the flags that they give
  Targets,        \* whose block, or what else, they ask to free
  PointerValues   \* what they write over the pointer to the user heap

VARIABLES
  astray,   \* the heaps whose lists of free chunks name what is no chunk of theirs
  taken,    \* taken[h]: the places that the allocator of h counts as taken
  home,     \* home[n]: the place of nested heap n in the outer heap, or 0
  held,     \* held[c]: the pointer that a client or a thread keeps
  done,     \* threads that have freed what they hold, and keep the pointer
  pointer,  \* zephyr_ll_heap, which user space may write
  table,    \* the kernel's record of who allocated in the user heap
  dead,     \* threads that were killed
  call      \* what the last call did

vars == <<astray, taken, home, held, done, pointer, table, dead, call>>

Clients == KernelClients \cup UserThreads
InDomain == UserThreads \ {"dp"}

Outer == IF "virtual" \in Built THEN "virtual" ELSE "system"
ASSUME ModulesAssumption == Modules # {} => Outer = "virtual"

\* The virtual heap: place 0 is for small structures, 3 is of the user heap's
\* size and taken by it, 1 and 2 are for drivers' heaps and for blocks. Place 2
\* of the system heap is there for the user heap.
Places == [system |-> IF Outer = "system" THEN {1, 2} ELSE {1},
           virtual |-> IF Outer = "virtual" THEN 0..3 ELSE {},
           shared |-> {1}, l3 |-> {1}, user |-> {1, 2}, driver |-> {1}]
ForUserHeap == IF Outer = "virtual" THEN 3 ELSE 2
Heap == DOMAIN Places
Nested == {"user", "driver"}

NoBlock == [heap |-> "-", place |-> 0, alias |-> "-"]
Block == [heap : Heap, place : 0..3, alias : {"cached", "uncached"}]
NoCall == [by |-> "-", op |-> "-", arg |-> "-", handle |-> "-", of |-> "-",
           at |-> "-", via |-> "-", flags |-> {}, result |-> "-"]

Handles == {"-", "NULL", "system", "user", "driver", "forged", "rfree"}

TypeOK ==
  /\ taken \in [Heap -> SUBSET (0..3)] /\ \A h \in Heap : taken[h] \subseteq Places[h]
  /\ astray \subseteq Heap
  /\ home \in [Nested -> 0..3]
  /\ held \in [Clients -> Block \cup {NoBlock}]
  /\ done \subseteq UserThreads
  /\ pointer \in Handles
  /\ table \in [Places["user"] -> {"-", "kernel", "user"}]
  /\ dead \subseteq UserThreads
  /\ call \in [by : Clients \cup Modules \cup {"-"},
               op : {"-", "alloc", "free", "init", "remove", "touch", "write"},
               arg : Handles,
               handle : Handles,
               of : Heap \cup {"-"},
               at : {"-", "start", "interior", "header"},
               via : Heap \cup {"-", "forged"},
               flags : SUBSET Flags,
               result : {"-", "allocated", "NULL", "freed", "refused", "touched",
                         "oops", "fault", "panic", "crash"}]

Empty == [h \in Heap |-> IF h = Outer THEN {ForUserHeap} ELSE {}]

Init ==
  /\ astray = {}
  /\ taken = Empty
  /\ home = [user |-> ForUserHeap, driver |-> 0]
  /\ held = [c \in Clients |-> NoBlock]
  /\ done = {}
  /\ pointer = "user"
  /\ table = [p \in Places["user"] |-> "-"]
  /\ dead = {}
  /\ call = NoCall

Halted == call.result \in {"panic", "crash"}
Live(c) == held[c] # NoBlock /\ held[c].place \in taken[held[c].heap]

\* A heap argument "user" is sof_sys_user_heap_get().
Resolved(h) == IF h = "user" /\ ~Fixed("O-24.5") THEN pointer ELSE h

-----------------------------------------------------------------------------
(* Allocation.                                                             *)
Room(h) == Places[h] \ (taken[h] \cup (IF h = "virtual" THEN {0} ELSE {}))
Lowest(places) == CHOOSE p \in places : \A q \in places : p <= q

HasTable == Fixed("O-27") \/ Fixed("R-30")

Takes(c, h, flags, owner) ==
  LET place == Lowest(Room(h))
      alias == IF "COHERENT" \in flags /\ h # "l3" THEN "uncached" ELSE "cached"
  IN  /\ taken' = [taken EXCEPT ![h] = @ \cup {place}]
      /\ held' = [held EXCEPT ![c] = [heap |-> h, place |-> place, alias |-> alias]]
      /\ table' = IF h = "user" /\ HasTable
                    THEN [table EXCEPT ![place] = owner] ELSE table

KernelAlloc(c, api, flags, h) ==
  /\ ~Halted /\ held[c] = NoBlock
  /\ api = "sof_heap_alloc" \/ h = "NULL"
  /\ h = "driver" => home["driver"] # 0
  /\ LET asked == IF h = "user" /\ Fixed("O-06") THEN flags \ {"KERNEL"} ELSE flags
         handle == Resolved(h)
         heap == Selected(api, asked, handle)
         full == heap \in Heap /\ Room(heap) = {}
     IN  /\ call' = [NoCall EXCEPT
              !.by = c, !.op = "alloc", !.arg = h, !.handle = handle,
              !.flags = asked,
              !.via = IF heap \in Heap \cup {"forged"} THEN heap ELSE "-",
              !.result = CASE heap = "panic" -> "panic"
                           [] heap = "forged" -> "crash"
                           [] heap = "none" \/ full ->
                                IF api = "rzalloc" /\ Broken("B-70") THEN "crash" ELSE "NULL"
                           [] OTHER -> "allocated"]
         /\ IF heap \in Heap /\ ~full
              THEN Takes(c, heap, asked, "kernel")
              ELSE UNCHANGED <<taken, held, table>>
  /\ UNCHANGED <<astray, home, done, pointer, dead>>

-----------------------------------------------------------------------------
(* Free: the allocator that is reached, what it is left with, the result.  *)

\* heap_free() of a heap with chunk headers, or vmh_free().
ToOrigin(h, place) ==
  [via |-> h,
   taken |-> [taken EXCEPT ![h] = @ \ {place}],
   astray |-> astray,
   result |-> IF place \in taken[h] THEN "freed" ELSE "panic"]
Stopped(h, result) == [via |-> h, taken |-> taken, astray |-> astray, result |-> result]

\* A chunk header of another heap looks like one of this heap's: the chunk gets
\* into this heap's lists, merged with what is free beside it, which the lists
\* of the other heap still name. Blocks of the virtual heap have no header.
Trusted(handle, b) ==
  IF b.heap = "virtual"
    THEN Stopped(handle, "panic")
    ELSE [ToOrigin(b.heap, b.place) EXCEPT
            !.via = handle, !.astray = @ \cup {handle, b.heap}]

\* The virtual heap finds the block that the address is in, marks it as free,
\* and only then sees that no page begins there.
ToOuter(b) ==
  CASE Outer = "system" -> Trusted("system", b)
    [] Fixed("O-31")    -> Stopped("-", "refused")
    [] OTHER            -> [ToOrigin("virtual", home[b.heap]) EXCEPT !.result = "panic"]

\* sys_heap_free() of the L3 heap is given the address as it is, and takes it
\* for a chunk far behind the heap.
Rfree(b, alias) ==
  CASE b.heap \in Nested -> ToOuter(b)
    [] b.heap = "l3" /\ alias = "uncached" /\ ~Fixed("R-32") ->
         [ToOrigin("l3", b.place) EXCEPT !.astray = @ \cup {"l3"}]
    [] OTHER -> ToOrigin(b.heap, b.place)

SofHeapFree(handle, b, alias) ==
  CASE handle = b.heap /\ b.heap # "system" -> ToOrigin(b.heap, b.place)
    [] handle # "NULL" /\ Broken("B-71b") -> Trusted(handle, b)
    [] OTHER -> Rfree(b, alias)

Frees(b, how, alias) ==
  IF how = "rfree" THEN Rfree(b, alias) ELSE SofHeapFree(how, b, alias)

Other(alias) == IF alias = "cached" THEN "uncached" ELSE "cached"

RightArg(h) == IF h \in Nested THEN h ELSE "rfree"

Forgotten(b) == IF b.heap = "user" THEN [table EXCEPT ![b.place] = "-"] ELSE table

KernelFrees(c, arg, handle, alias) ==
  LET b == held[c]
      free == Frees(b, handle, alias)
  IN  /\ taken' = free.taken
      /\ astray' = free.astray
      /\ held' = IF free.result = "refused" THEN held ELSE [held EXCEPT ![c] = NoBlock]
      /\ table' = IF free.via = "user" /\ free.result = "freed" THEN Forgotten(b) ELSE table
      /\ call' = [NoCall EXCEPT
           !.by = c, !.op = "free", !.arg = arg, !.handle = handle,
           !.of = b.heap, !.at = "start", !.via = free.via, !.result = free.result]
      /\ UNCHANGED <<home, done, pointer, dead>>

KernelFree(c, h, flip) ==
  /\ ~Halted /\ held[c] # NoBlock
  /\ \/ Careless
     \/ h = RightArg(held[c].heap)
     \/ c \in Exposed /\ h = "user"
  /\ h = "driver" => home["driver"] # 0
  /\ KernelFrees(c, h, Resolved(h),
                 IF flip THEN Other(held[c].alias) ELSE held[c].alias)

\* The error path of ipc4_process_chain_dma(): the entry came from
\* sof_sys_user_heap_get().
ChainDmaFails(c) ==
  /\ ~Halted /\ held[c].heap = "user"
  /\ LET h == IF Fixed("O-30") THEN "user" ELSE "rfree"
     IN  KernelFrees(c, h, Resolved(h), held[c].alias)

\* The error path of fast_get(): the buffer came from the module's heap.
FastGetFails(c) ==
  /\ ~Halted /\ held[c].heap = "driver"
  /\ LET h == IF Broken("B-76") THEN "NULL" ELSE "driver"
     IN  KernelFrees(c, h, h, held[c].alias)

-----------------------------------------------------------------------------
(* module_driver_heap_init() and module_driver_heap_remove().              *)
DriverInit(m) ==
  /\ ~Halted /\ home["driver"] = 0
  /\ LET room == Room("virtual")
     IN  /\ call' = [NoCall EXCEPT
              !.by = m, !.op = "init", !.via = "virtual",
              !.result = IF room = {} THEN "NULL" ELSE "allocated"]
         /\ IF room = {}
              THEN UNCHANGED <<taken, home>>
              ELSE /\ taken' = [taken EXCEPT !["virtual"] = @ \cup {0, Lowest(room)},
                                             !["driver"] = {}]
                   /\ home' = [home EXCEPT !["driver"] = Lowest(room)]
  /\ UNCHANGED <<astray, held, done, pointer, table, dead>>

DriverRemove(m) ==
  /\ ~Halted /\ home["driver"] # 0
  /\ \A c \in Clients : held[c].heap # "driver"
  /\ taken' = [taken EXCEPT !["virtual"] = @ \ {0, home["driver"]}]
  /\ home' = [home EXCEPT !["driver"] = 0]
  /\ call' = [NoCall EXCEPT !.by = m, !.op = "remove", !.via = "virtual", !.result = "freed"]
  /\ UNCHANGED <<astray, held, done, pointer, table, dead>>

-----------------------------------------------------------------------------
(* User space. A verifier that finds fault kills the thread.               *)
Kills(t) == dead' = dead \cup {t}
May(t) == ~Halted /\ t \notin dead

\* The verifier of old looked into the heap before it knew which one it is.
LooksInto(h) == Broken("B-89") /\ h \in {"NULL", "forged"}

UserAlloc(t, h, flags) ==
  /\ May(t) /\ (held[t] = NoBlock \/ t \in done)
  /\ LET allowed == flags \subseteq {"USER", "COHERENT", "LARGE"}
         good == allowed /\ h = "user" /\ (Fixed("R-31") => t \in InDomain)
         early == Broken("S-30") /\ ~good
         heap == Selected("sof_heap_alloc", flags, h)
         full == heap = "forged" \/ Room(heap) = {}
         result == CASE early /\ heap = "forged" -> "crash"
                     [] allowed /\ LooksInto(h) -> "crash"
                     [] ~good -> "oops"
                     [] full -> "NULL"
                     [] OTHER -> "allocated"
     IN  /\ call' = [NoCall EXCEPT
              !.by = t, !.op = "alloc", !.arg = h, !.handle = h, !.flags = flags,
              !.result = result,
              !.via = IF good \/ early THEN heap ELSE "-"]
         /\ IF result = "oops" THEN Kills(t) ELSE UNCHANGED dead
         /\ IF result = "allocated"
              THEN Takes(t, heap, flags, "user") /\ done' = done \ {t}
              ELSE /\ taken' = IF early /\ ~full
                                 THEN [taken EXCEPT ![heap] = @ \cup {Lowest(Room(heap))}]
                                 ELSE taken
                   /\ UNCHANGED <<held, done, table>>
  /\ UNCHANGED <<astray, home, pointer>>

\* What a thread asks to free: what somebody holds, or something else.
Named(t, target) ==
  CASE target \in Clients -> [of |-> held[target].heap, at |-> "start",
                              place |-> held[target].place]
    [] target = "interior" -> [of |-> held[t].heap, at |-> "interior",
                               place |-> held[t].place]
    [] target = "header" -> [of |-> "user", at |-> "header", place |-> 0]
    [] OTHER -> [of |-> "-", at |-> "-", place |-> 0]

UserFree(t, h, target) ==
  /\ May(t)
  /\ target \in Clients => held[target] # NoBlock
  /\ target = "interior" => held[t] # NoBlock
  /\ LET p == Named(t, target)
         owner == IF p.at = "start" /\ p.of = "user" THEN table[p.place] ELSE "-"
         good == /\ h = "user"
                 /\ \/ target = "NULL"
                    \/ /\ p.of = "user" /\ t \in InDomain
                       /\ Fixed("O-27") => owner # "-"
                       /\ Fixed("R-30") => owner # "kernel"
         free == CASE LooksInto(h) -> Stopped("-", "crash")
                   [] ~good -> Stopped("-", "oops")
                   [] target = "NULL" -> Stopped("-", "freed")
                   [] p.at # "start" -> Stopped("user", "panic")
                   [] OTHER -> ToOrigin("user", p.place)
     IN  /\ taken' = free.taken
         /\ astray' = free.astray
         /\ table' = IF free.via = "user" /\ free.result = "freed"
                       THEN [table EXCEPT ![p.place] = "-"] ELSE table
         /\ done' = IF target = t /\ free.result = "freed" THEN done \cup {t} ELSE done
         /\ IF free.result = "oops" THEN Kills(t) ELSE UNCHANGED dead
         /\ call' = [NoCall EXCEPT
              !.by = t, !.op = "free", !.arg = h, !.handle = h, !.of = p.of, !.at = p.at,
              !.via = free.via, !.result = free.result]
  /\ UNCHANGED <<home, held, pointer>>

Touch(t) ==
  /\ May(t) /\ held[t] # NoBlock /\ t \notin done
  /\ LET may == held[t].heap = "user" /\ t \in InDomain
     IN  /\ call' = [NoCall EXCEPT !.by = t, !.op = "touch", !.of = held[t].heap, !.at = "start",
                                   !.result = IF may THEN "touched" ELSE "fault"]
         /\ IF may THEN UNCHANGED dead ELSE Kills(t)
  /\ UNCHANGED <<astray, taken, home, held, done, pointer, table>>

\* chain_task_free() frees what its device points to, and the device lies in the
\* user heap: user space puts another client's pointer there.
WriteHeld(t, c, d) ==
  /\ May(t) /\ t \in InDomain
  /\ c # d /\ held[c] # NoBlock /\ held[d] # NoBlock
  /\ held' = IF Fixed("R-33") THEN held ELSE [held EXCEPT ![c] = held[d]]
  /\ call' = [NoCall EXCEPT !.by = t, !.op = "write"]
  /\ UNCHANGED <<astray, taken, home, done, pointer, table, dead>>

WritePointer(t, value) ==
  /\ May(t) /\ t \in InDomain
  /\ pointer' = value
  /\ call' = [NoCall EXCEPT !.by = t, !.op = "write"]
  /\ UNCHANGED <<astray, taken, home, held, done, table, dead>>
=============================================================================
