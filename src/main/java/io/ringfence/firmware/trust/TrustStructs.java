package io.ringfence.firmware.trust;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The structures of the LL scheduler, its domain and IPC in a build with {@code
 * CONFIG_SOF_USERSPACE_LL}, with the members that the kernel follows. SOF 12dd726529.
 */
public final class TrustStructs {
  /** {@code struct zephyr_ll} of {@code zephyr_ll.c}. */
  public static final class ZephyrLl {
    private static final Struct.Builder LAYOUT = Struct.define("zephyr_ll");

    /** Tasks that run in each tick. */
    public static final Field TASKS = LAYOUT.struct("tasks", ListItem.STRUCT);

    /** How many tasks are on the list. */
    public static final Field N_TASKS = LAYOUT.u32("n_tasks");

    /** Handle of the mutex. */
    public static final Field LOCK = LAYOUT.pointer("lock");

    /** The {@link HeapHead} that private data of tasks is freed to. */
    public static final Field HEAP = LAYOUT.pointer("heap");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private ZephyrLl() {}
  }

  /** {@code struct zephyr_ll_pdata} of {@code zephyr_ll.c}. */
  public static final class TaskData {
    private static final Struct.Builder LAYOUT = Struct.define("zephyr_ll_pdata");

    /** Whether the task ran. */
    public static final Field RUN = LAYOUT.u32("run");

    /** Whether somebody waits until the task is done. */
    public static final Field FREEING = LAYOUT.u32("freeing");

    /** Handle of the semaphore that says that the task is done. */
    public static final Field SEM_P = LAYOUT.pointer("sem_p");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private TaskData() {}
  }

  /** {@code struct k_heap}, as far as a free of a block goes. */
  public static final class HeapHead {
    private static final Struct.Builder LAYOUT = Struct.define("k_heap");

    /** Where the memory of the heap begins. */
    public static final Field INIT_MEM = LAYOUT.pointer("init_mem");

    /** Its size in bytes. */
    public static final Field INIT_BYTES = LAYOUT.u32("init_bytes");

    /** The block that was freed last, in place of the lists of free blocks. */
    public static final Field FREED = LAYOUT.pointer("freed");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private HeapHead() {}
  }

  /** A block of a heap with {@link TaskData} in it. */
  public static final class TaskBlock {
    private static final Struct.Builder LAYOUT = Struct.define("heap_block");

    /** The header of the block: not 0 if it is in use. */
    public static final Field USED = LAYOUT.u32("used");

    /** What was allocated. */
    public static final Field DATA = LAYOUT.struct("data", TaskData.STRUCT);

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private TaskBlock() {}

    /** The block that private data at an address is in, or would be in. */
    static int of(int data) {
      return DATA.container(data);
    }
  }

  /** {@code struct ll_schedule_domain_ops} of {@code ll_schedule_domain.h}. */
  public static final class DomainOps {
    private static final Struct.Builder LAYOUT = Struct.define("ll_schedule_domain_ops");

    /** A task was scheduled. */
    public static final Field REGISTER = LAYOUT.function("domain_register");

    /** A task is done. */
    public static final Field UNREGISTER = LAYOUT.function("domain_unregister");

    /** Creates the LL thread of a core. */
    public static final Field THREAD_INIT = LAYOUT.function("domain_thread_init");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private DomainOps() {}
  }

  /** {@code struct ll_schedule_domain} of {@code ll_schedule_domain.h}. */
  public static final class Domain {
    private static final Struct.Builder LAYOUT = Struct.define("ll_schedule_domain");

    /** Handle of the mutex. */
    public static final Field LOCK = LAYOUT.pointer("lock");

    /** The {@link DomainThread}. */
    public static final Field PRIV_DATA = LAYOUT.pointer("priv_data");

    /** The {@link DomainOps}. */
    public static final Field OPS = LAYOUT.pointer("ops");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private Domain() {}
  }

  /** {@code struct zephyr_domain_thread} of {@code zephyr_domain.c}, one for each core. */
  public static final class DomainThread {
    private static final Struct.Builder LAYOUT = Struct.define("zephyr_domain_thread");

    /** Handle of the LL thread. */
    public static final Field LL_THREAD = LAYOUT.pointer("ll_thread");

    /** Handle of the semaphore that the timer gives. */
    public static final Field SEM = LAYOUT.pointer("sem");

    /** What the LL thread calls in each tick; NULL if the core is not registered. */
    public static final Field HANDLER = LAYOUT.function("handler");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private DomainThread() {}
  }

  /** {@code struct k_thread}, as far as a debugger looks. */
  public static final class KernelThread {
    private static final Struct.Builder LAYOUT = Struct.define("k_thread");

    /** Written when the thread is created. */
    public static final Field STATE = LAYOUT.u32("thread_state");

    /** Which threads may use it, a bit for each: {@code k_object.perms} of the object. */
    public static final Field PERMS = LAYOUT.u32("perms");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private KernelThread() {}
  }

  /** {@code struct ipc_user} of {@code ipc/common.h}. */
  public static final class IpcUser {
    private static final Struct.Builder LAYOUT = Struct.define("ipc_user");

    /** Handle of the semaphore that says that the command is done. */
    public static final Field SEM = LAYOUT.pointer("sem");

    /** Handle of the event that wakes the IPC thread. */
    public static final Field EVENT = LAYOUT.pointer("event");

    /** Handle of the IPC thread. */
    public static final Field THREAD = LAYOUT.pointer("thread");

    /** Handle of the LL thread, which the IPC thread gets to use. */
    public static final Field AUDIO_THREAD = LAYOUT.pointer("audio_thread");

    /** First word of the command. */
    public static final Field MSG_PRI = LAYOUT.u32("ipc_msg_pri");

    /** Size of the reply in bytes. */
    public static final Field REPLY_TX_SIZE = LAYOUT.u32("reply_tx_size");

    /** The reply. */
    public static final Field REPLY_TX_DATA = LAYOUT.pointer("reply_tx_data");

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private IpcUser() {}
  }

  /** {@code struct ipc} of {@code ipc/common.h}. */
  public static final class Ipc {
    private static final Struct.Builder LAYOUT = Struct.define("ipc");

    /** The {@link IpcUser}. */
    public static final Field IPC_USER_PDATA = LAYOUT.pointer("ipc_user_pdata");

    /** {@code z_delayed_work.work.handler}. */
    public static final Field WORK_HANDLER = LAYOUT.function("z_delayed_work.work.handler");

    /** {@code ipc_send_wq.thread}: a {@code k_work_q} begins with its thread. */
    public static final Field SEND_WQ = LAYOUT.struct("ipc_send_wq", KernelThread.STRUCT);

    /** The whole structure. */
    public static final Struct STRUCT = LAYOUT.build();

    private Ipc() {}
  }

  private TrustStructs() {}
}
