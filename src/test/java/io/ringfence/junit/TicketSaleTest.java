package io.ringfence.junit;

/** A specification that has nothing to do with firmware, checked as its own project would do it. */
class TicketSaleTest {
  @ModelCheck(spec = "io/ringfence/junit/TicketSale.tla")
  void ticketSale() {}

  /** These do sell a seat twice, and would do so for ever after without selling any. */
  @ModelCheck(
      spec = "io/ringfence/junit/TicketSale.tla",
      config = "io/ringfence/junit/TicketSaleBroken.cfg",
      expect = {"NoOversaleInv", "SoldOutProp"},
      neverTaken = "Refuse")
  void ticketSaleOfHastyClerks() {}
}
