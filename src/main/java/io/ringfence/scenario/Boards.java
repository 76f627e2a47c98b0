package io.ringfence.scenario;

/** The boards that scenarios can be run on. */
final class Boards {
  private Boards() {}

  static Board open(Scenario scenario) {
    return switch (scenario.allocator()) {
      case "sys_heap" -> new SysHeapBoard(scenario);
      case "sof_heap", "syscall", "virtual_heap", "vpage", "vregion" -> new HeapsBoard(scenario);
      default ->
          throw new ScenarioFormatException(
              scenario.file()
                  + ": there is no board for the allocator '"
                  + scenario.allocator()
                  + "'",
              null);
    };
  }
}
