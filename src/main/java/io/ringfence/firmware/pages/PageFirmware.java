package io.ringfence.firmware.pages;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * A machine with virtual pages and clients. What a client holds, and what the last call did, lie in
 * RAM beside the allocator.
 */
public final class PageFirmware {
  /** What a call did. */
  public enum Result {
    /** There was no call yet. */
    NONE,
    /** A block was allocated. */
    ALLOCATED,
    /** No block was allocated. */
    NULL,
    /** A block was freed. */
    FREED,
    /** A block was not freed. */
    REJECTED
  }

  private static final Struct.Builder CLIENT = Struct.define("client");
  private static final Field POINTER = CLIENT.pointer("ptr");
  private static final Field PAGES = CLIENT.u32("pages");
  private static final Struct CLIENT_STRUCT = CLIENT.build();

  private static final int STATIC_PAGES = 3;

  /** Where the virtual pages are; nothing reads or writes them, so they need no RAM. */
  private static final int REGION = 0xa0300000;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, 0, 1, false);
  private final Cpu cpu = machine.cpu();
  private final PageDriver driver;
  private final VirtualPages pages;
  private final int pageCount;
  private final int clients;
  private final int clientTable;
  private final int result;
  private String lastError = "";

  /**
   * Boots.
   *
   * @param pageCount virtual pages, 1 to 32
   * @param maxAllocations size of the table
   * @param clients how many pointers there are
   */
  public PageFirmware(
      Design design, int pageCount, int physicalPages, int maxAllocations, int clients) {
    this.pageCount = pageCount;
    this.clients = clients;
    this.driver =
        new PageDriver(
            cpu,
            machine.allocateStatic(PageDriver.tableBytes(pageCount, physicalPages)),
            REGION,
            pageCount,
            physicalPages);
    HeapPlatform platform =
        new HeapPlatform() {
          @Override
          public void error(String message) {
            lastError = lastError.isEmpty() ? message : lastError + "; " + message;
          }
        };
    this.pages =
        new VirtualPages(
            cpu,
            driver,
            platform,
            machine.allocateStatic(VirtualPages.contextBytes(maxAllocations)),
            maxAllocations,
            design);
    pages.init(REGION, pageCount, machine.allocateStatic(4));
    this.clientTable = machine.allocateStatic(CLIENT_STRUCT.size() * clients);
    this.result = machine.allocateStatic(4);
    machine.ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** The allocator, to look at. */
  public VirtualPages pages() {
    return pages;
  }

  /** The number of virtual pages. */
  public int pageCount() {
    return pageCount;
  }

  /** The address of a virtual page. */
  public int pageAddress(int page) {
    return REGION + page * PageDriver.PAGE_BYTES;
  }

  /** The address of what a client keeps. */
  public int clientAddress(int client) {
    return client(client);
  }

  /** The number of clients. */
  public int clients() {
    return clients;
  }

  /** What went wrong in the last call, as the firmware logs it; empty if nothing did. */
  public String lastError() {
    return lastError;
  }

  /** Lets a client allocate; not done, and false, if it holds a block already. */
  public boolean alloc(int client, int count) {
    lastError = "";
    if (heldPages(client) != 0) {
      return false;
    }
    int address = pages.alloc(count);
    if (address != 0) {
      hold(client, address, count);
    }
    setResult(address == 0 ? Result.NULL : Result.ALLOCATED);
    return true;
  }

  /** Lets a client free what it holds; not done, and false, if it holds nothing. */
  public boolean free(int client) {
    lastError = "";
    if (heldPages(client) == 0) {
      return false;
    }
    pages.free(cpu.load(POINTER, client(client)));
    hold(client, 0, 0);
    setResult(lastError.isEmpty() ? Result.FREED : Result.REJECTED);
    return true;
  }

  private void hold(int client, int address, int count) {
    cpu.store(POINTER, client(client), address);
    cpu.store(PAGES, client(client), count);
  }

  private int client(int client) {
    return clientTable + CLIENT_STRUCT.size() * client;
  }

  private void setResult(Result what) {
    cpu.store32(result, what.ordinal());
  }

  /** First page of the block that a client holds, 0 if it holds none. */
  public int heldFirst(int client) {
    return heldPages(client) == 0
        ? 0
        : (cpu.load(POINTER, client(client)) - REGION) / PageDriver.PAGE_BYTES;
  }

  /** Pages of the block that a client holds, 0 if it holds none. */
  public int heldPages(int client) {
    return cpu.load(PAGES, client(client));
  }

  /** What the last call did. */
  public Result result() {
    return Result.values()[cpu.load32(result)];
  }

  /** Whether a virtual page has a physical one. */
  public boolean isMapped(int page) {
    return driver.isMapped(pageAddress(page));
  }

  /** How many physical pages are free. */
  public int freePhysicalPages() {
    return driver.freePages();
  }
}
