---------------------------- MODULE RegionDesign ----------------------------
(***************************************************************************)
(* Which virtual region is modeled: as merged upstream, with all repairs, *)
(* or with single repairs and bugs.                                        *)
(***************************************************************************)
CONSTANTS
  Variant,  \* the design: "MERGED" or "HARDENED"
  Fixes,    \* repairs of open defects, a subset of AllFixes
  Defects   \* bugs put back, a subset of AllDefects

AllFixes == {
  "O-26",   \* keep the bookkeeping of the interim heap outside of the region
  "O-47",   \* zero the control structure
  "R-40",   \* free the context to the heap it came from, whoever is last
  "R-41",   \* refuse sizes that wrap
  "R-42",   \* refuse an alignment that is no power of two
  "R-43"}   \* keep the comp_dev outside of the region
AllDefects == {
  "B-74",   \* the control structure is the first thing in the region
  "B-75",   \* no reference count, no lock
  "B-85"}   \* system calls read through the caller's pointer to verify it

ASSUME DesignAssumption ==
  /\ Variant \in {"MERGED", "HARDENED"}
  /\ Fixes \subseteq AllFixes
  /\ Defects \subseteq AllDefects

Fixed(f) == Variant = "HARDENED" \/ f \in Fixes
Broken(d) == d \in Defects
=============================================================================
