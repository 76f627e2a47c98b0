package io.ringfence.firmware;

import java.util.Arrays;
import java.util.Optional;

/** Historical bugs that can be put back, and seeded ones. Identifiers as in the specification. */
public enum Defect {
  /** ee77ca3418: DP a user type, its private data still in kernel memory. */
  DP_DATA_KERNEL("B-03"),
  /** 4e0105d06b: the warm-boot check looks at the kernel list only. */
  RESTORE_KERNEL_LIST_ONLY("B-04"),
  /** 9e0cadee2c: a user-mode lookup always uses the list of core 0. */
  USER_LOOKUP_CORE0("B-05"),
  /** bbef32bc42: every operation looks the scheduler up again. */
  LOOKUP_PER_OPERATION("B-06"),
  /** 34dec48e0b: user code reads the CPU id from the processor. */
  CPU_ID_DIRECT("B-07"),
  /** 58a8058d8f: a task's semaphore is granted to the thread that creates it only. */
  NO_SEMAPHORE_GRANT("B-08"),
  /** 48cdc4d5cb: a task's semaphore lies in user memory. */
  SEMAPHORE_IN_USER_MEMORY("B-09"),
  /** c3411eb89b: one semaphore for all tasks. */
  SHARED_SEMAPHORE("B-10"),
  /** 393d5fc462: the task is not zeroed before it is initialized. */
  NO_ZERO_TASK("B-11"),
  /** 59a3f0db93, 9543056b4f: objects of several cores are allocated cached. */
  SHARED_CACHED("B-12"),
  /** 653e221333: the core index is a local that was never assigned. */
  UNINITIALIZED_CORE("B-13"),
  /** 3feab14624: whoever schedules the first task starts the timer. */
  PRIVILEGED_REGISTER("B-14"),
  /** Before 9edd2553e9: the user build drops the lock around callbacks. */
  USER_DROPS_LOCK("B-15"),
  /** 2fd74bd8e5: the boot thread allocates the tick semaphores of all cores. */
  SEMAPHORES_BY_BOOT("B-16"),
  /** b1ee4a27b6: schedule ignores that the task was cancelled. */
  SCHEDULE_IGNORES_CANCEL("B-20"),
  /** 36a8049932: free takes a task that was never scheduled for linked. */
  FREE_UNLINKS_INIT("B-21"),
  /** 43a8a187d4: a task that completed can be cancelled. */
  CANCEL_FREE("B-22"),
  /** cff23f5c4e: a task that was never scheduled can be cancelled. */
  CANCEL_INIT("B-23"),
  /** 2b572c7d3b: the tick walks the main list with a cursor. */
  CURSOR("B-24"),
  /** Before fbe9172f4c: the tick moves all tasks to the temporary list before it runs any. */
  ALL_MOVED_FIRST("B-25"),
  /** b7d7fb0ed2: the semaphore is given after the task is unregistered. */
  GIVE_AFTER_UNREGISTER("B-26"),
  /** 001d1ac5ef: a spin lock outlives the thread that ends itself. */
  LOCK_OUTLIVES_THREAD("B-27"),
  /** cf3a1163af: any core may call. */
  NO_CORE_ASSERT("B-28"),
  /** 6a8b2e89ed: the private data of tasks is allocated cached. */
  PDATA_CACHED("B-29"),
  /** 2e45906807: the counter of tasks starts with what lay in its memory. */
  COUNTER_NOT_ZEROED("B-30"),
  /** 8d52fbdd84: priorities are unsigned. */
  UNSIGNED_PRIORITY("B-34"),
  /** 2451c59f38: first among equals instead of last. */
  FIRST_AMONG_EQUALS("B-35"),
  /** 90045619d3: cancel takes a task off the list that is on none. */
  CANCEL_UNLISTED("B-36"),
  /** 1eabb71264: the LL thread suspends itself, and a tick wakes only one that does. */
  SUSPEND_AND_WAKE("B-40"),
  /** 83f86defa4: one tick semaphore for all cores. */
  ONE_TICK_SEMAPHORE("B-41"),
  /** a971f85c1a: the number of tasks is lowered after it was tested. */
  TEST_BEFORE_COUNT("B-42"),
  /** a1c5183aa9: counter and handler are updated after the LL thread was aborted. */
  UPDATE_AFTER_ABORT("B-43"),
  /** 89ca17b0f0: the timer callback does not stop a timer without user data. */
  NO_STOP_IN_CALLBACK("B-44"),
  /** 65a95c339a: nobody takes the lock of the timer domain. */
  NO_DOMAIN_LOCK("B-45"),
  /** a5cc6f47b5: the number of tasks is tested outside of the lock. */
  TEST_OUTSIDE_LOCK("B-46"),
  /** b500999477, dd968a62ec: a cancel counts down what the domain counted down already. */
  CANCEL_COUNTS_AGAIN("B-47"),
  /** a1b6003e35: a core stays registered when its last task completes. */
  COMPLETION_KEEPS_CORE("B-48"),
  /** b185ffa6b8: the cancel hook guesses from the number of tasks which one is the last. */
  CANCEL_GUESSES_LAST("B-49"),
  /** 08168c0872, 60810cde68: the memory domain of a module goes back to the pool as it is. */
  DOMAIN_NOT_CLEARED("B-58"),
  /** beb7d7f93c: the cancel of an EDF task returns the flags of its work item. */
  CANCEL_RETURNS_FLAGS("B-66"),
  /** 3ae99d937a: the zeroing allocator zeroes the block that it did not get. */
  ZERO_NULL("B-70"),
  /** 9ff0a7af8c: {@code sof_heap_alloc} ignores the flag for the shared heap. */
  IGNORE_SHARED("B-71a"),
  /** 9ff0a7af8c: {@code sof_heap_free} frees to the heap that it is given. */
  FREE_TRUSTS_HEAP("B-71b"),
  /** 6d0963480f: a large buffer does not come from the heap that is given. */
  LARGE_OVERRIDES_HEAP("B-72"),
  /** 0b37f25784: uncached blocks are not rounded up to cache lines. */
  UNCACHED_NOT_ROUNDED("B-73"),
  /** 88419fe836: the control structure of a virtual region lies in the region. */
  REGION_CONTROL_INSIDE("B-74"),
  /** 17ec175096: a virtual region has neither a reference count nor a lock. */
  REGION_NOT_COUNTED("B-75"),
  /** 970ec0bbb7: an error path frees to the default heap. */
  FREE_NULL_HEAP("B-76"),
  /** 93d2756656: the virtual heap has no mutex. */
  NO_HEAP_MUTEX("B-77"),
  /** f8d5ffb843: a block of the virtual heap is too small for a request of its own size. */
  EXACT_SIZE_NEVER_FITS("B-78a"),
  /** f23827a203: the virtual heap looks at the size of a block before it is known. */
  BLOCK_SIZE_TOO_LATE("B-78b"),
  /** 4189f09b69: a free leaves behind which blocks of the virtual heap belonged together. */
  SIZES_STAY_AFTER_FREE("B-78c"),
  /** 520ef18f6c: the search for the blocks that belong together ends too early. */
  SIZE_SEARCH_STOPS("B-78d"),
  /** eaddf533f9: a free unmaps pages of a large block that were never mapped. */
  UNMAP_WHOLE_BLOCK("B-79a"),
  /** 898adc7d98: a free looks into an empty slot of the virtual heap. */
  EMPTY_SLOT_USED("B-79b"),
  /** 4570e53f00: the virtual heap does not invalidate what is freed. */
  NO_INVALIDATE_ON_FREE("B-79c"),
  /** b1e398756c: the saved L3 heap is restored, and its memory not mapped. */
  L3_NOT_MAPPED("B-80"),
  /** 98e2fc67da: the size of the copied DMA block list wraps. */
  DMA_SIZE_WRAPS("B-82"),
  /** c72905ef0d: the DMA block list is followed in user memory, whatever its count. */
  DMA_LIST_UNCOUNTED("B-83"),
  /** 88732a1e4e: fields of the copied DMA configuration are not initialized. */
  DMA_CONFIG_NOT_ZEROED("B-84"),
  /** PR 11108: system calls verify a virtual region by reading through the caller's pointer. */
  VERIFY_THROUGH_POINTER("B-85"),
  /** de87195443: the DP tick is a system call that takes any core number. */
  DP_TICK_ANY_CORE("B-86"),
  /** f9ea0dbf4f: a system call frees objects that it reads again after it checked them. */
  DP_FREE_READS_TWICE("B-87"),
  /** The core of a new pipeline, which the host chooses, is not checked. */
  PIPELINE_ANY_CORE("B-88"),
  /** 0bd5581078: a verifier looks into the heap before it knows which one it is. */
  VERIFY_HEAP_INNER("B-89"),
  /** Seeded: a user type is linked into the kernel list as well. */
  LINK_BOTH("S-01"),
  /** Seeded: the bitmap misses the last page of a block of virtual pages. */
  BITMAP_MISSES_LAST("S-02"),
  /** Seeded: an aligned allocation forgets the gap before the block. */
  FORGET_ALIGNMENT_GAP("S-10"),
  /** Seeded: a split leaves LEFT_SIZE of the right neighbor as it was. */
  SPLIT_KEEPS_LEFT_SIZE("S-11"),
  /** Seeded: the bit of an emptied bucket stays set. */
  BUCKET_BIT_STAYS("S-12"),
  /** Seeded: a freed chunk is not merged with its left neighbor. */
  NO_LEFT_MERGE("S-13"),
  /** Seeded: a chunk that leaves its list still counts as free. */
  TAKEN_COUNTS_AS_FREE("S-14"),
  /** Seeded: a chunk that does not fit is dropped instead of skipped. */
  DROP_MISFIT("S-15"),
  /** Seeded: the size of a request wraps, and is not clamped. */
  SIZE_WRAPS("S-16"),
  /** Seeded: the verifier of {@code sof_heap_alloc} comes after the effect. */
  VERIFY_TOO_LATE("S-30"),
  /** Seeded: a verifier kills the caller before it frees the copied DMA block list. */
  OOPS_BEFORE_FREE("S-60"),
  /** Seeded: a DMA call does not ask for permission on the device. */
  NO_PERMISSION_CHECK("S-61"),
  /** Seeded: a module's memory call takes the mutex and a container before it verifies. */
  VERIFY_LATE("S-70"),
  /** Seeded: an LL thread is started before it joins its memory domain. */
  START_BEFORE_JOIN("S-80"),
  /** Seeded: the memory domain of a module is deleted before its thread is aborted. */
  DELETE_BEFORE_ABORT("S-81"),
  /** Seeded: a DP thread is started before it joins its memory domain. */
  DP_START_BEFORE_JOIN("S-82"),
  /** Seeded: an init that fails leaves a pointer to the private data that it freed. */
  FAILED_INIT_KEEPS_POINTER("S-100"),
  /** Seeded: free forgets the record of the semaphore. */
  FREE_FORGETS_RECORD("S-101"),
  /** Seeded: schedule refuses a task without dropping the lock. */
  REFUSES_LOCKED("S-102"),
  /** Seeded: the handler stays when the last task goes. */
  HANDLER_STAYS("S-103"),
  /** Seeded: free waits with the lock held. */
  WAITS_LOCKED("S-104"),
  /** Seeded: the tick does not move the tasks back that ran. */
  LOSES_RAN_TASKS("S-105"),
  /** Seeded: the tick does not take the lock again after a callback. */
  UNLOCKED_AFTER_RUN("S-106"),
  /** Seeded: schedule refuses a task that completed. */
  REFUSES_COMPLETED("S-107"),
  /** Seeded: a core that registers does not start the timer. */
  TIMER_NOT_STARTED("S-108"),
  /** Seeded: teardown takes the lock of the timer domain, and then the LL lock. */
  TEARDOWN_LOCKS_DOMAIN_FIRST("S-130");

  private final String id;

  Defect(String id) {
    this.id = id;
  }

  /** The identifier, for example {@code B-04}. */
  public String id() {
    return id;
  }

  /** Finds a defect by its identifier. */
  public static Optional<Defect> of(String id) {
    return Arrays.stream(values()).filter(defect -> defect.id.equals(id)).findFirst();
  }
}
