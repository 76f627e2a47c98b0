package io.ringfence.binding.domain;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.ll.LlFirmware;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the domain, its element for each core, and the kernel objects that they lead to. */
final class DomainPicture {
  private final DomainModel model;
  private final LlFirmware firmware;
  private final DomainThreads threads;
  private final DomainMemory memory;

  DomainPicture(
      DomainModel model, LlFirmware firmware, DomainThreads threads, DomainMemory memory) {
    this.model = model;
    this.firmware = firmware;
    this.threads = threads;
    this.memory = memory;
  }

  MemoryPicture draw() {
    UserAccess access = model.user() ? UserAccess.WRITE : UserAccess.NONE;
    List<MemoryObject> heap = new ArrayList<>();
    List<MemoryObject> objects = new ArrayList<>();
    heap.add(domain());
    objects.add(
        object(
            "timer",
            "struct k_timer",
            firmware.timer(DomainBoot.LL_TIMER),
            Life.LIVE,
            word("state", memory.timer()),
            word("user_data", memory.userData() ? "set" : "NULL")));
    for (int core = 0; core < DomainModel.CORES; core++) {
      heap.add(element(core));
      heap.add(scheduler(core));
      objects.add(semaphore(core));
      objects.add(thread(core));
    }
    return new MemoryPicture(
        List.of(
            new Region(model.user() ? "ll_user_heap" : "sof_heap", 0, 0, access, heap),
            new Region("kernel objects", 0, 0, UserAccess.NONE, objects)));
  }

  private MemoryObject domain() {
    return object(
        "domain",
        "struct ll_schedule_domain",
        memory.domain(),
        Life.LIVE,
        word("total_num_tasks", String.valueOf(memory.total())),
        word("lock", memory.domainOwner()),
        pointer("timer", "timer"));
  }

  private MemoryObject element(int core) {
    boolean raw = memory.semaphoreLife(core).equals("raw");
    Word sem = pointer("sem", memory.semaphore(core) == 0 ? null : "sem" + core);
    return object(
        "domain_thread[" + core + "]",
        "struct zephyr_domain_thread",
        memory.domainThread(core),
        Life.LIVE,
        pointer("ll_thread", threads.life(core).equals("none") ? null : "ll" + core),
        raw && memory.handler(core) ? sem.astray() : sem,
        word("handler", memory.handler(core) ? "set" : "NULL"));
  }

  private MemoryObject scheduler(int core) {
    boolean freed = model.user() && !memory.hasMutex(core);
    return object(
        "LL_TIMER@" + core,
        "struct zephyr_ll",
        memory.scheduler(core),
        Life.LIVE,
        word("n_tasks", String.valueOf(memory.tasks(core))),
        word("lock", freed ? "freed" : memory.owner(core)));
  }

  private MemoryObject semaphore(int core) {
    String life = memory.semaphoreLife(core);
    return object(
        "sem" + core,
        "struct k_sem",
        memory.semaphore(core),
        switch (life) {
          case "live" -> Life.LIVE;
          case "raw" -> Life.RAW;
          default -> Life.FREE;
        },
        word("count", String.valueOf(memory.semaphoreCount(core))));
  }

  private MemoryObject thread(int core) {
    String life = threads.life(core);
    return object(
        "ll" + core,
        "struct k_thread",
        threads.address("ll" + core),
        life.equals("none") ? Life.FREE : Life.LIVE,
        word("thread_state", life),
        word("watchdog", memory.watchdog(core) ? "on" : "off"));
  }

  private static Word word(String field, String value) {
    return new Word(field, value, null, false);
  }

  private static Word pointer(String field, @Nullable String target) {
    return new Word(field, target == null ? "NULL" : target, target, false);
  }

  private static MemoryObject object(
      String name, String struct, int address, Life life, Word... words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, life, false, List.of(words));
  }
}
