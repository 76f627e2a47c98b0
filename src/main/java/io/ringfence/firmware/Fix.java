package io.ringfence.firmware;

import java.util.Arrays;
import java.util.Optional;

/** Repairs of open defects. The identifiers are those of the specification. */
public enum Fix {
  /** Look up user types in the user list. */
  LOOK_UP_USER_LIST("O-01"),
  /** The list of the tasks that ran belongs to the scheduler; schedule looks there, too. */
  SCAN_RAN_TASKS("O-03"),
  /** Refuse a core number that is out of range. */
  CHECK_CORE("O-04"),
  /** A free fails if the callback still executes after the wait. */
  FREE_CAN_FAIL("O-05"),
  /** Do not ask the user heap for kernel memory. */
  DROP_KERNEL_FLAG("O-06"),
  /** Move the last entry of the page table over the freed one. */
  MOVE_LAST_ENTRY("O-07"),
  /** The scheduler knows whose callback executes; only for that one does a free wait. */
  KNOW_CURRENT_TASK("O-08"),
  /** Refuse a task in kernel memory in the user build. */
  REFUSE_KERNEL_TASK("O-13"),
  /** Unbind before anything can fail; refuse an unbound task. */
  CHECK_BINDING("O-14"),
  /** Tell the caller that nothing was registered, and free the node. */
  REPORT_FAILURE("O-15"),
  /** Count a task in the domain before it is registered. */
  COUNT_BEFORE_REGISTER("O-16"),
  /** Let the IPC thread use the LL lock of each core. */
  GRANT_EACH_LL_LOCK("O-19"),
  /** Refuse to free the task whose callback is the caller. */
  REFUSE_OWN_FREE("O-22"),
  /** Chain DMA frees a task that completed before it is paused, started or deleted. */
  FREE_COMPLETED_CHAIN("O-23"),
  /** The kernel relies on no word that user space can write. */
  RELY_ON_NO_USER_WORD("O-24"),
  /** Find the LL user heap by a pointer that only the kernel writes. */
  KERNEL_HEAP_POINTER("O-24.5"),
  /** Load {@code task.priv_data} once, and use what was verified. */
  LOAD_PRIV_DATA_ONCE("O-25"),
  /** Keep the bookkeeping of a heap where its users cannot write. */
  METADATA_OUTSIDE("O-26"),
  /** Check alignment, size and block start in the system calls of the user heap. */
  CHECK_HEAP_ARGUMENTS("O-27"),
  /** Use the context that the kernel remembers of a module. */
  REMEMBER_CONTEXT("O-28"),
  /** Free a module's buffer to the heap that it was taken from. */
  FREE_TO_ORIGIN("O-29"),
  /** Free the entry of a chain-DMA to the heap that it came from. */
  FREE_ENTRY_TO_ITS_HEAP("O-30"),
  /** Refuse to free an address inside of a block of the virtual heap. */
  REFUSE_INTERIOR("O-31"),
  /** Cancel the work of an EDF task that is freed, and wait for its handler. */
  FREE_CANCELS_WORK("O-33"),
  /** Remember that an EDF task was cancelled during its run. */
  CANCEL_DURING_RUN("O-34a"),
  /** Set the state of an EDF task before its work is submitted. */
  STATE_BEFORE_SUBMIT("O-34b"),
  /** Store the final state of an EDF task before its completion callback. */
  STATE_BEFORE_COMPLETE("O-34c"),
  /** Leave an EDF task queued that was scheduled during its run. */
  KEEP_SCHEDULED("O-34d"),
  /** A task that is scheduled while its callback executes stays, whatever that returns. */
  SCHEDULE_OUTLIVES_RUN("O-36"),
  /** Make a core known to the timer when its semaphore and its thread are there. */
  HANDLER_LAST("O-40"),
  /** Create the LL thread of a core once, and never abort it. */
  KEEP_LL_THREAD("O-41"),
  /** Tear down a core when its LL thread is in no tick, and the timer with the last core. */
  THREAD_BEFORE_LOCK("O-42"),
  /** Grant the LL lock to the LL thread of the task's core. */
  GRANT_TO_TASK_CORE("O-43"),
  /** Allocate the control structure of a region uncached, and zero it. */
  REGION_CONTROL("O-47"),
  /** A component's task is freed with it, and so is the task's memory. */
  FREE_TASK_OF_COMPONENT("O-49"),
  /** Ignore a reference that is on no list. */
  CHECK_REFERENCE("O-51"),
  /** Free a shared copy to the heap that it is from; drop its entry if it cannot be made. */
  COPY_TO_ITS_HEAP("O-53"),
  /** Use the semaphores of the core that a DP task's message came to, which is the task's. */
  CORE_OF_THE_MESSAGE("O-54"),
  /** User threads may not write the host's mailbox through the cached alias. */
  READ_ONLY_MAILBOX("O-55"),
  /** A DMA channel belongs to the thread that requested it. */
  CHANNEL_OWNER("O-56"),
  /** Publish a list head after it is initialized. */
  PUBLISH_LAST("R-01"),
  /** Refuse to register from user context, whatever the assertions. */
  CHECK_CONTEXT("R-02"),
  /** Refuse a core that is not the one whose kernel list is used. */
  CHECK_CURRENT_CORE("R-03"),
  /** Forget which blocks belonged together when the mapping of a contiguous block fails. */
  CLEAR_SIZES_AFTER_FAILURE("R-04"),
  /** Unmap what was mapped when the mapping of virtual pages fails. */
  UNMAP_AFTER_FAILURE("R-05"),
  /** Refuse to free a pointer that is not the start of a block of the virtual heap. */
  REFUSE_INTERIOR_POINTER("R-20"),
  /** Look for the end of the mapped pages of the virtual heap in whole pages only. */
  BISECT_WHOLE_PAGES("R-21"),
  /** Take a block of the virtual heap only where it is aligned as asked. */
  ALIGN_BLOCKS("R-22"),
  /** Do not free for user space what the kernel allocated. */
  KEEP_KERNEL_BLOCKS("R-30"),
  /** Allocate only for threads that the heap is mapped for. */
  ALLOCATE_FOR_DOMAIN("R-31"),
  /** Free L3 memory by its cached address. */
  FREE_L3_CACHED("R-32"),
  /** Keep the pointers that kernel code frees in kernel memory. */
  KERNEL_KEEPS_POINTERS("R-33"),
  /** Free the context of a module to the heap that it came from, whoever is last. */
  CONTEXT_TO_ITS_HEAP("R-40"),
  /** Refuse a size that wraps in the lifetime allocator of a region. */
  CHECK_LIFETIME_SIZE("R-41"),
  /** Refuse an alignment that is no power of two in a region. */
  CHECK_REGION_ALIGNMENT("R-42"),
  /** Keep the component device outside of the module's region. */
  DEVICE_OUTSIDE("R-43"),
  /** Refuse L3 memory when the host gave none. */
  CHECK_L3_HEAP("R-44"),
  /** Restore of the library manager's context no pointers to SRAM. */
  RESTORE_NO_SRAM_POINTERS("R-45"),
  /** Do not power off while L3 memory is allocated that nobody saves. */
  BUSY_WITH_L3("R-46"),
  /** Flush what is freed, whichever of its addresses is given. */
  FLUSH_BY_EITHER_ADDRESS("R-50"),
  /** Flush a block on the core that used it before another core frees it. */
  FLUSH_ON_OWNER("R-51"),
  /** The heap of a region keeps its headers uncached, and away from the lines of blocks. */
  REGION_HEAP_UNCACHED("R-52"),
  /** Flush a block of a region's heap that is freed. */
  REGION_FLUSH_ON_FREE("R-53"),
  /** Pass on only those fields of a DMA block that were checked. */
  CHECKED_BLOCK_FIELDS("R-60"),
  /** The other side of a DMA transfer must be a peripheral. */
  CHECK_PERIPHERAL("R-61"),
  /** A DMA channel number must be that of a channel. */
  CHANNEL_RANGE("R-62"),
  /** Only a thread that holds a reference to a DMA controller may put it. */
  COUNTED_PUT("R-63"),
  /** A pointer that the kernel stores through must be aligned. */
  CHECK_POINTER_ALIGNMENT("R-64"),
  /** A thread that is killed loses its DMA references and channels. */
  CLEAN_UP_AFTER_KILL("R-65"),
  /** Look at the permission on a DMA controller before taking a reference. */
  PERMISSION_FIRST("R-66"),
  /** The DAI copier zeroes its DMA blocks before it assigns to them. */
  ZERO_DMA_BLOCKS("R-67"),
  /** Refuse a DMA block of no bytes. */
  REFUSE_EMPTY_BLOCK("R-68"),
  /** Keep a module's object pool in kernel memory. */
  POOL_IN_KERNEL("R-70"),
  /** Take a module's buffers from its context, as all its other memory. */
  BUFFER_FROM_CONTEXT("R-71"),
  /** Reset a module's object pool before the mutex is released. */
  RESET_UNDER_LOCK("R-72"),
  /** Lock the list of the semaphores of LL tasks. */
  LOCK_RECORDS("R-73"),
  /** Limit how many semaphores user space can have made. */
  LIMIT_RECORDS("R-74"),
  /** Give the entry of a shared copy back to the pool with its last user. */
  ENTRY_TO_POOL("R-75"),
  /** Take large shared copies from no module's heap. */
  LARGE_COPY_OUTSIDE("R-76"),
  /** Share small copies only between modules that have one heap. */
  SHARE_WITHIN_HEAP("R-77"),
  /** Take the partition of a copy away from the domain that was granted it. */
  REVOKE_GRANTED("R-78"),
  /** Keep the partition of a copy until the domain puts its last reference. */
  COUNT_GRANTS("R-79"),
  /** Keep {@code struct ipc} in kernel memory. */
  PRIVATE_IPC_CONTEXT("R-80"),
  /** A task count that cannot be is not a reason to panic. */
  COUNT_WITHOUT_PANIC("R-81"),
  /** Edit lists in user memory with the rights of user mode. */
  EDIT_LISTS_AS_USER("R-82"),
  /** Fill the table of LL threads with the handle that was allocated. */
  RECORD_ALLOCATED_THREAD("R-83"),
  /** Initialize the semaphore that was allocated for a task. */
  INIT_ALLOCATED_SEMAPHORE("R-84"),
  /** Grant the IPC thread the mutex of the LL domain. */
  GRANT_DOMAIN_MUTEX("R-85"),
  /** Halt the firmware at the end of a kernel thread, but not of a user thread. */
  OUTLIVE_USER_THREADS("R-86"),
  /** Free the blobs of a handler by their heap, not by a function that the handler names. */
  FREE_BLOBS_BY_HEAP("R-87"),
  /** Take the partition of a module's copy away from the domain of the calling thread. */
  DOMAIN_OF_CALLER("R-88"),
  /** Find the private data of an LL task in a record of the kernel's own. */
  RECORD_TASK_DATA("R-89"),
  /** Ask the domain before a task is linked, and refuse if it does. */
  REGISTER_FIRST("R-100"),
  /** Scheduling before or after another task sets the state. */
  REFERENCE_SETS_STATE("R-101"),
  /** A task that is scheduled during a tick waits for the next one, at its place. */
  NEXT_TICK("R-102"),
  /** Free looks at {@code priv_data} under the lock, and leaves alone what is free already. */
  FREE_LOOKS_AGAIN("R-103"),
  /** The reset of a component cancels its task. */
  RESET_CANCELS_TASK("R-112"),
  /** The reset of a module forgets the buffers that it frees. */
  FORGET_FREED_BUFFERS("R-113"),
  /** The timer callback excludes those who start and stop the timer. */
  LOCK_IN_CALLBACK("R-131"),
  /** Initialize the timer once. */
  INIT_TIMER_ONCE("R-132"),
  /** A core has its watchdog as long as it is registered. */
  WATCHDOG_OF_EACH_CORE("R-133"),
  /** The LL thread reads its handler once. */
  LOAD_HANDLER_ONCE("R-134"),
  /** Refuse to free an EDF task in its own callbacks. */
  NO_FREE_IN_OWN_CALLBACK("R-150"),
  /** Cancel the work of an EDF task that is freed until there is none. */
  CANCEL_UNTIL_IDLE("R-151"),
  /** One lock for the state of an EDF task and its work item. */
  LOCK_STATE_AND_WORK("R-152"),
  /** Tell who schedules an EDF task that its cancelled handler still runs. */
  REPORT_CANCELING("R-153"),
  /** Do not run an EDF task that was cancelled before its handler began. */
  SKIP_CANCELLED("R-154"),
  /** Proposed in 85212b5ea1: look at {@code priv_data} again after the callback. */
  PROPOSED_PDATA_AGAIN("P-521"),
  /** Proposed in a60704a0ec: after a time-out, free unlinks the task itself. */
  PROPOSED_UNLINK_AFTER_TIMEOUT("P-607"),
  /** Proposed in 900b5c06b0: a task without private data counts as cancelled. */
  PROPOSED_NO_PDATA_IS_CANCELLED("P-900");

  private final String id;

  Fix(String id) {
    this.id = id;
  }

  /** The identifier, for example {@code O-15}. */
  public String id() {
    return id;
  }

  /** Whether it was proposed upstream and does not suffice: no part of the hardened design. */
  public boolean isProposal() {
    return id.startsWith("P-");
  }

  /** Finds a fix by its identifier. */
  public static Optional<Fix> of(String id) {
    return Arrays.stream(values()).filter(fix -> fix.id.equals(id)).findFirst();
  }
}
