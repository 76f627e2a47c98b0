package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.UserBlocks;
import io.ringfence.machine.Ram;
import java.util.Set;

/**
 * Heaps with clients: kernel code that holds at most one block each, and threads of user space,
 * which do what they like. All of it lies in RAM, what clients hold and the trace of the last call
 * included. This class boots; who calls is a class each.
 *
 * <p>A client is named by a number: kernel clients first, then threads, then the one module.
 */
public final class IsolationFirmware {
  private final HeapBuild build;
  private final Clients clients;
  private final HeapMap map;
  private final HeapArguments arguments;
  private final KernelClients kernel;
  private final DriverHeap driverHeap;
  private final UserThreads threads;

  /**
   * Boots.
   *
   * @param built which of the virtual heap, the shared buffer heap and the L3 heap are built
   * @param kernelClients number of kernel clients
   * @param exposed how many of them, the first ones, keep their pointer in the sysuser partition,
   *     which stands for an object in the LL user heap that the kernel loads it from
   * @param threads number of threads
   * @param outsiders how many of the threads, the last ones, are not in the LL domain
   */
  public IsolationFirmware(
      Design design,
      Set<HeapName> built,
      int kernelClients,
      int exposed,
      int threads,
      int outsiders) {
    this.build = new HeapBuild(design, built);
    this.clients = new Clients(design, build, exposed, kernelClients + threads, outsiders);
    int driver = build.machine.allocateStatic(4);
    this.map = new HeapMap(build, driver);
    this.arguments = new HeapArguments(design, build, map);
    Calls calls = new Calls(build);
    this.kernel = new KernelClients(design, build, clients, arguments, map, calls);
    this.driverHeap = new DriverHeap(build, driver, clients, map, calls);
    this.threads = new UserThreads(build, clients, arguments, calls);
    build.cpu.store32(build.sysuser, build.user);
    build.trace.clear();
    ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return build.machine.ram();
  }

  /** The heaps as a debugger sees them. */
  public HeapMap map() {
    return map;
  }

  /** The trace of the last call. */
  public CallTrace trace() {
    return build.trace;
  }

  /** What clients hold. */
  public Clients clients() {
    return clients;
  }

  /** What heap arguments are. */
  public HeapArguments arguments() {
    return arguments;
  }

  /** The kernel clients. */
  public KernelClients kernel() {
    return kernel;
  }

  /** The functions of the module that makes a heap. */
  public DriverHeap driverHeap() {
    return driverHeap;
  }

  /** The threads of user space. */
  public UserThreads threads() {
    return threads;
  }

  /** Whether an address is the cached one of its byte. */
  public boolean isCached(int address) {
    return build.aliases.isCached(address);
  }

  /** Whether the domain of a thread lets it write the block that starts at an address. */
  public boolean mayReach(int thread, int block) {
    int domain = clients.isInLlDomain(thread) ? build.llDomain : build.otherDomain;
    return build.cpu.mayWrite(domain, block, HeapBuild.BLOCK_BYTES);
  }

  /** Who allocated a block of the user heap, as far as the kernel keeps a record. */
  public UserBlocks.Owner owner(int address) {
    return build.sofHeap.userBlocks().owner(address);
  }
}
