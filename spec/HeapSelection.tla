---------------------------- MODULE HeapSelection ----------------------------
(***************************************************************************)
(* Which heap an allocation comes from: the C functions step for step, and *)
(* beside them the same as a table, written from the description of the    *)
(* flags and not from the functions.                                       *)
(*                                                                         *)
(* Models the choice in rmalloc_align(), rballoc_align() and               *)
(* z_impl_sof_heap_alloc(), SOF zephyr/lib/alloc.c at 12dd726529.          *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Variant,   \* the design: "MERGED" or "HARDENED"
  Fixes,     \* repairs of open defects, a subset of AllFixes
  Defects,   \* bugs put back, a subset of AllDefects
  Built      \* the heaps of the build beside the others: "virtual", "shared", "l3"

AllFixes == {
  "O-06",     \* do not ask the user heap for kernel memory
  "O-24.5",   \* the kernel finds the user heap by its own pointer
  "O-27",     \* a system call frees only what is the start of a live block
  "O-30",     \* the chain-DMA error path frees to the heap of its entry
  "O-31",     \* rfree() refuses an address inside of a block
  "R-30",     \* a system call does not free what the kernel allocated
  "R-31",     \* a system call allocates only for threads that reach the heap
  "R-32",     \* L3 memory is freed by its cached address
  "R-33"}     \* kernel code keeps the pointers that it frees in kernel memory
AllDefects == {
  "B-70",     \* rzalloc() zeroes the block that it did not get
  "B-71a",    \* sof_heap_alloc() ignores the flag for the shared heap
  "B-71b",    \* sof_heap_free() frees to the heap that it is given
  "B-72",     \* a large buffer does not come from the heap that is given
  "B-76",     \* the error path of fast_get() frees to the default heap
  "B-89",     \* a verifier looks into the heap before it knows which one it is
  "S-30"}     \* seeded: the verifier of sof_heap_alloc() comes after the effect

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects
  /\ Built \subseteq {"virtual", "shared", "l3"}

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

(***************************************************************************)
(* The functions. Flags: COHERENT, L3, SHARED (USER_SHARED_BUFFER), LARGE  *)
(* (LARGE_BUFFER), KERNEL, USER. "none" is an error that is only logged.   *)
(***************************************************************************)
Flags == {"COHERENT", "L3", "SHARED", "LARGE", "KERNEL", "USER"}

ForShared(flags) == "SHARED" \in flags /\ "shared" \in Built

Rmalloc(flags) ==
  IF "L3" \in flags
    THEN IF "l3" \notin Built THEN "panic"
         ELSE IF "COHERENT" \in flags THEN "none" ELSE "l3"
  ELSE IF ForShared(flags) THEN "shared" ELSE "system"

Rballoc(flags) ==
  IF "L3" \in flags THEN IF "l3" \in Built THEN "l3" ELSE "none"
  ELSE IF ForShared(flags) THEN "shared"
  ELSE IF "virtual" \in Built THEN "virtual" ELSE "system"

SofHeapAlloc(flags, h) ==
  IF ForShared(flags) /\ ~Broken("B-71a") THEN Rballoc(flags)
  ELSE IF (h = "NULL" \/ Broken("B-72")) /\ "LARGE" \in flags THEN Rballoc(flags)
  ELSE IF h = "NULL" THEN "system" ELSE h

Selected(api, flags, h) ==
  CASE api \in {"rmalloc", "rzalloc"} -> Rmalloc(flags)
    [] api = "rballoc" -> Rballoc(flags)
    [] api = "sof_heap_alloc" -> SofHeapAlloc(flags, h)

(***************************************************************************)
(* The table: the first row whose function, heap argument and flags match. *)
(***************************************************************************)
Any == {"NULL", "system", "user", "driver"}
Row(apis, args, with, heap) == [apis |-> apis, args |-> args, with |-> with, heap |-> heap]
Rm == {"rmalloc", "rzalloc"}
Rb == {"rballoc"}
Sof == {"sof_heap_alloc"}

Table == <<
  Row(Rm,  Any,      {"L3", "COHERENT"},  "none"),
  Row(Rm \cup Rb, Any, {"L3"},            "l3"),
  Row(Sof, Any,      {"SHARED", "L3"},    "l3"),
  Row(Sof, {"NULL"}, {"LARGE", "L3"},     "l3"),
  Row(Rm \cup Rb \cup Sof, Any, {"SHARED"}, "shared"),
  Row(Rb,  Any,      {},                  "virtual"),
  Row(Sof, {"NULL"}, {"LARGE"},           "virtual"),
  Row(Sof, {"user"},   {},                "user"),
  Row(Sof, {"driver"}, {},                "driver"),
  Row(Rm \cup Sof, Any, {},               "system") >>

\* A flag for a heap that is not built says nothing, but there is no other L3.
\* Where there is no virtual heap, its blocks are the system heap's.
Expected(api, flags, h) ==
  LET said == IF "shared" \in Built THEN flags ELSE flags \ {"SHARED"}
      fits(r) == api \in r.apis /\ h \in r.args /\ r.with \subseteq said
      first == CHOOSE i \in DOMAIN Table : fits(Table[i]) /\ \A j \in 1..(i - 1) : ~fits(Table[j])
      heap == Table[first].heap
  IN  IF heap = "l3" /\ "l3" \notin Built THEN "none"
      ELSE IF heap = "virtual" /\ "virtual" \notin Built THEN "system"
      ELSE heap
=============================================================================
