--------------------------- MODULE RegistryDesign ---------------------------
(***************************************************************************)
(* The designs of the scheduler registry, side by side.                    *)
(*                                                                         *)
(* One constant, Variant, selects the design; Fixes and Defects switch     *)
(* single repairs and single historical bugs. Every operator below is one  *)
(* place where the designs differ, and nothing else in the specification   *)
(* asks for the design. The firmware has the same names for the same       *)
(* switches (io.ringfence.firmware: Variant, Fix, Defect).                 *)
(*                                                                         *)
(* Source: SOF src/schedule/schedule.c, zephyr/schedule.c, src/init/init.c *)
(* at 12dd726529 and the commits named beside each variant.                *)
(***************************************************************************)
EXTENDS FiniteSets

CONSTANTS
  Variant,      \* the design, one of Variants
  Fixes,        \* repairs of open defects, a subset of AllFixes
  Defects,      \* historical bugs put back, a subset of AllDefects
  Asserts       \* CONFIG_ASSERT: are run-time assertions compiled in?

Variants == {
  "ORIG",        \* before the change: one list for each core, all in the kernel
  "B502",        \* b502d8d8bd: the pointer to that list moved to user memory
  "V1_ALL_USER", \* pull request 10821, version 1: everything in the user heap
  "SPLIT_KHEAP", \* 9011deae4c: two lists, objects still from the kernel heap
  "V2_SPLIT",    \* version 2: two lists, heap by type, any set of user types
  "MERGED",      \* 12dd726529, as merged upstream
  "HARDENED"}    \* merged, with every fix

AllFixes == {
  "O-01",   \* look up user types in the user list
  "O-04",   \* refuse a core number that is out of range
  "O-06",   \* do not ask the user heap for kernel memory
  "O-14",   \* unbind before anything can fail; refuse an unbound task
  "O-15",   \* tell the caller that nothing was registered, and free the node
  "O-24",   \* user space may read its registry but not write it
  "R-01",   \* publish a list head after it is initialized
  "R-02",   \* refuse to register from user context, whatever the assertions
  "R-03"}   \* refuse a core that is not the one whose kernel list is used

AllDefects == {
  "B-04",   \* 4e0105d06b: warm-boot check looks at the kernel list only
  "B-05",   \* 9e0cadee2c: a user-mode lookup always uses the list of core 0
  "B-06",   \* bbef32bc42: every operation looks the scheduler up again
  "B-03",   \* ee77ca3418: DP a user type, its private data still in the kernel
  "B-11",   \* 393d5fc462: the task is not zeroed before it is initialized
  "B-13",   \* 653e221333: the core index is a local that was never assigned
  "S-01"}   \* seeded: a user type is linked into the kernel list as well

ASSUME VariantAssumption == Variant \in Variants
ASSUME FixesAssumption == Fixes \subseteq AllFixes
ASSUME DefectsAssumption == Defects \subseteq AllDefects
ASSUME AssertsAssumption == Asserts \in BOOLEAN

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects

-----------------------------------------------------------------------------
(* Lists. Before the split there is one array of lists; where it lies      *)
(* decides whether we call it the kernel's or the user's.                  *)
SingleList == Variant \in {"ORIG", "B502", "V1_ALL_USER"}
ListArray == IF Variant = "ORIG" THEN "k" ELSE "u"   \* of a single list

(* In which array does a type belong, given the types that are user types? *)
Array(userTypes, t) ==
  IF SingleList THEN ListArray ELSE IF t \in userTypes THEN "u" ELSE "k"

(* Which array does scheduler_get_data() search? O-01: only the kernel's.  *)
LookupArray(userTypes, t) ==
  IF SingleList \/ Fixed("O-01") THEN Array(userTypes, t) ELSE "k"

(* Does schedule_task_init() index the array by its argument `core`, or by *)
(* the core that it runs on?                                               *)
IndexedByArgument(userTypes, t, isUser) ==
  IF SingleList THEN isUser ELSE Array(userTypes, t) = "u"

-----------------------------------------------------------------------------
(* Heaps: KHEAP is the system heap, UHEAP the LL user heap, RHEAP a heap   *)
(* that user space may read but not write (fix O-24).                      *)
UserHeap == IF Fixed("O-24") THEN "RHEAP" ELSE "UHEAP"

(* From which heap come the node and the list head of a type?              *)
HeapOf(userTypes, t) ==
  CASE Variant \in {"ORIG", "B502", "SPLIT_KHEAP"} -> "KHEAP"
    [] Variant = "V1_ALL_USER"                     -> "UHEAP"
    [] OTHER -> IF t \in userTypes THEN UserHeap ELSE "KHEAP"

(* Flags of the node's allocation. Version 1 removed SOF_MEM_FLAG_KERNEL;  *)
(* the merged code passes it for every type (O-06).                        *)
NodeFlag(userTypes, t) ==
  IF Variant = "V1_ALL_USER" THEN "0"
  ELSE IF Fixed("O-06") /\ HeapOf(userTypes, t) # "KHEAP" THEN "0"
  ELSE "KERNEL"

UserReadableHeap(h) == h \in {"UHEAP", "RHEAP"}
UserWritableHeap(h) == h = "UHEAP"
UserArrayWritable == ~Fixed("O-24")

-----------------------------------------------------------------------------
(* A scheduler's private data lies with its side (since f6892225a2).       *)
DataSide(userTypes, t) ==
  IF t \in userTypes /\ ~(Broken("B-03") /\ t = "DP") THEN "user" ELSE "kern"

(* The accessors of the current core assert kernel context since           *)
(* 8c0c11b975; before, reading the CPU number was privileged.              *)
AccessorStopsUser == Asserts \/ SingleList

(* Does the warm-boot check see the list of array a?                       *)
RestoreSees(a) == a = "k" \/ SingleList \/ ~Broken("B-04")
=============================================================================
