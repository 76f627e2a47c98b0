package io.ringfence.firmware.trust;

import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.kernel.Event;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.trust.TrustStructs.DomainThread;
import io.ringfence.firmware.trust.TrustStructs.IpcUser;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;
import java.util.List;

/**
 * What the kernel does for IPC and when a core starts: registers a scheduler, sets up the LL
 * thread, forwards commands to the IPC thread, sends messages. SOF {@code schedule.c}, {@code
 * zephyr_domain.c}, {@code ipc-common.c}, {@code handler-user.c} at 12dd726529.
 */
public final class IpcRoutines {
  /** {@code IPC_USER_EVENT_CMD}. */
  private static final int COMMAND = 1;

  private static final int MESSAGE = 0x4300;

  /** {@code _THREAD_PRESTART}. */
  private static final int CREATED = 4;

  private final Kernel kernel;
  private final KernelRun run;
  private final TrustMemory memory;
  private final Cpu cpu;

  IpcRoutines(Kernel kernel) {
    this.kernel = kernel;
    this.run = kernel.run;
    this.memory = kernel.memory;
    this.cpu = kernel.cpu;
  }

  /** Whether the node was registered. */
  public boolean isRegistered() {
    return cpu.ram().load32(memory.node) != 0;
  }

  /** {@code zephyr_domain_thread_init()}: allocates the thread, unless there is one. */
  public boolean storeThread() {
    return run.take(
        run.isAt(Routine.CONTEXT, Step.THREAD),
        () -> {
          int domainThread = kernel.load(TrustWord.DOMAIN_PRIV_DATA);
          kernel.touch(Touch.STORE, domainThread);
          if (cpu.load(DomainThread.LL_THREAD, domainThread) != 0) {
            run.clearTouch();
            run.idle();
            return;
          }
          cpu.store(DomainThread.HANDLER, domainThread, 0);
          cpu.store(DomainThread.SEM, domainThread, memory.tickSemaphore);
          cpu.store(DomainThread.LL_THREAD, domainThread, memory.newThread);
          if (kernel.keeps(TrustWord.LL_THREAD)) {
            cpu.store32(memory.copy(TrustWord.LL_THREAD), memory.newThread);
          }
          run.go(Routine.CONTEXT, Step.RECORD);
        });
  }

  /** {@code k_thread_create()}, and the table that only the kernel can write. */
  public boolean recordThread() {
    return run.take(
        run.isAt(Routine.CONTEXT, Step.RECORD),
        () -> {
          int thread = kernel.load(TrustWord.LL_THREAD);
          kernel.touch(Touch.CREATE, thread);
          cpu.store(TrustStructs.KernelThread.STATE, thread, CREATED);
          cpu.store32(memory.threadTable, thread);
          run.go(Routine.CONTEXT, Step.LOCK);
        });
  }

  /** Locks the domain, to start the timer. */
  public boolean lockDomain() {
    return run.take(
        run.isAt(Routine.CONTEXT, Step.LOCK),
        () -> {
          int mutex = kernel.load(TrustWord.DOMAIN_LOCK);
          kernel.touch(Touch.LOCK, mutex);
          Mutex.lock(cpu, mutex);
          run.go(Routine.CONTEXT, Step.UNLOCK);
        });
  }

  /** Unlocks the domain. */
  public boolean unlockDomain() {
    return run.take(
        run.isAt(Routine.CONTEXT, Step.UNLOCK),
        () -> {
          int mutex = kernel.load(TrustWord.DOMAIN_LOCK);
          kernel.touch(Touch.UNLOCK, mutex);
          Mutex.unlock(cpu, mutex);
          run.idle();
        });
  }

  /** {@code scheduler_register()}: loads the list of the core. */
  public boolean pickSlot() {
    return run.take(
        run.canBegin() && !isRegistered(),
        () -> {
          int list = kernel.load(TrustWord.U_SLOT);
          kernel.begin(Routine.REGISTER, Step.APPEND);
          run.keep(list);
        });
  }

  /** Appends the node. */
  public boolean append() {
    return run.take(
        run.isAt(Routine.REGISTER, Step.APPEND),
        () -> {
          int list = run.argument();
          kernel.touch(Touch.APPEND, list);
          kernel.touch(Touch.APPEND, ListItem.prev(cpu, list));
          ListItem.append(cpu, memory.node, list);
          run.idle();
        });
  }

  /** {@code ipc_user_forward_cmd()}: stores the command. */
  public boolean forwardStore() {
    return run.take(
        run.canBegin(),
        () -> {
          int context = kernel.load(TrustWord.IPC_USER_PDATA);
          kernel.begin(Routine.FORWARD, Step.EVENT);
          kernel.touch(Touch.STORE, context);
          cpu.store(IpcUser.MSG_PRI, context, MESSAGE);
        });
  }

  /** Sets the event. */
  public boolean forwardSet() {
    return run.take(
        run.isAt(Routine.FORWARD, Step.EVENT),
        () -> {
          int event = kernel.load(TrustWord.EVENT);
          kernel.touch(Touch.SET, event);
          Event.set(cpu, event, COMMAND);
          run.go(Routine.FORWARD, Step.TAKE);
          answer();
        });
  }

  /** The IPC thread runs at once if its event is set. */
  private void answer() {
    if (Event.takeBits(cpu, memory.commandEvent, COMMAND) == 0) {
      return;
    }
    int thread = cpu.thread();
    cpu.enter(Mode.USER, memory.domain, 0, memory.userThread);
    cpu.store32(memory.address(TrustWord.TX_DATA), memory.reply);
    cpu.store32(memory.address(TrustWord.TX_SIZE), TrustMemory.REPLY_BYTES);
    cpu.enter(Mode.KERNEL, memory.domain, 0, thread);
    Semaphore.give(cpu, memory.replySemaphore);
  }

  /** Takes the semaphore. */
  public boolean forwardTake() {
    return run.take(
        run.isAt(Routine.FORWARD, Step.TAKE),
        () -> {
          int sem = kernel.load(TrustWord.IPC_SEM);
          kernel.touch(Touch.TAKE, sem);
          Semaphore.take(cpu, sem);
          run.go(Routine.FORWARD, Step.REPLY);
        });
  }

  /**
   * {@code ipc_msg_send()} and {@code mailbox_dspbox_write()} of the reply. The former copies
   * {@code comp_data}, which user threads fill, to wherever the reply's pointer leads.
   */
  public boolean forwardReply() {
    return run.take(
        run.isAt(Routine.FORWARD, Step.REPLY),
        () -> {
          int data = kernel.load(TrustWord.TX_DATA);
          int size = kernel.load(TrustWord.TX_SIZE);
          if (kernel.repairs(TrustWord.TX_DATA)
              && (size < 0
                  || size > TrustMemory.MAILBOX_BYTES
                  || !cpu.mayWrite(memory.domain, data, size))) {
            run.idle();
            return;
          }
          // A size that ipc_msg_send() does not copy is one that the mailbox does not take.
          if (Integer.compareUnsigned(size, TrustMemory.MAILBOX_BYTES) > 0) {
            kernel.touch(Touch.ASSERT, KernelRun.NONE);
            throw new KernelAssert("!dsp_write_err");
          }
          kernel.touch(Touch.COPY, data);
          if (size > 0 && data != memory.reply) {
            cpu.copy(data, memory.reply, size);
          }
          cpu.copy(memory.mailbox, data, size);
          run.idle();
        });
  }

  /** {@code k_thread_access_grant()}, which ignores what is no kernel object, or no thread. */
  public boolean grantAudio() {
    return run.take(
        run.canBegin(),
        () -> {
          int thread = kernel.load(TrustWord.IPC_THREAD);
          int object = kernel.load(TrustWord.IPC_AUDIO);
          run.touch(Routine.START, Touch.GRANT, object == memory.newThread ? thread : object);
          int index = threads().indexOf(thread);
          if (index >= 0 && threads().contains(object)) {
            int perms = cpu.load(TrustStructs.KernelThread.PERMS, object);
            cpu.store(TrustStructs.KernelThread.PERMS, object, perms | 1 << index);
          }
        });
  }

  /** The thread objects that the kernel knows; the position is a thread's index. */
  private List<Integer> threads() {
    return List.of(memory.newThread, memory.ipcThread, Foreign.THREAD.in(memory.kernelForeign));
  }

  /** The work queue that sends messages runs the handler of its work item. */
  public boolean sendWork() {
    return run.take(
        run.canBegin(),
        () -> {
          kernel.begin(Routine.SEND, Step.CALL);
          kernel.call(Touch.CALL, kernel.load(TrustWord.WORK_HANDLER));
        });
  }
}
