--------------------------- MODULE MCVirtualHeap ---------------------------
(***************************************************************************)
(* Bounds for VirtualHeap. Each cfg beside this file is one claim; it      *)
(* picks from the definitions below.                                       *)
(***************************************************************************)
EXTENDS VirtualHeap

\* A page is four units. Two small blocks share a page; large blocks have two
\* pages, and huge ones four.
SmallAndLarge == <<2, 8>>
FourAndTwo == <<4, 2>>

SmallLargeHuge == <<2, 8, 16>>
TwoTwoOne == <<2, 2, 1>>

\* The same as SmallAndLarge with an empty slot between the two.
WithGap == <<2, 0, 8>>
FourNoneTwo == <<4, 0, 2>>
=============================================================================
