package io.ringfence.scenario;

/** The boards that scenarios can be run on. */
final class Boards {
  private Boards() {}

  static Board open(Scenario scenario) {
    return switch (scenario.subject()) {
      case "sys_heap" -> new SysHeapBoard(scenario);
      case "sof_heap", "syscall", "virtual_heap", "vpage", "vregion" -> new HeapsBoard(scenario);
      case Scenario.SCHEDULER -> new ThreadsBoard(scenario);
      default ->
          throw new ScenarioFormatException(
              scenario.file()
                  + ": there is no board for the allocator '"
                  + scenario.subject()
                  + "'",
              null);
    };
  }
}
