package io.ringfence.binding.chain;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.chain.ChainView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the chain, the records of semaphores, and the board. */
final class ChainPicture {
  private static final String CHAIN = "chain";
  private static final String PDATA = "private data";

  private final ChainView view;

  private ChainPicture(ChainView view) {
    this.view = view;
  }

  static MemoryPicture draw(ChainView view, String state, String result) {
    ChainPicture picture = new ChainPicture(view);
    List<MemoryObject> objects = new ArrayList<>();
    if (view.chain() != 0) {
      objects.add(picture.chain(state));
    }
    if (view.privateData() != 0) {
      objects.add(picture.object(PDATA, "struct zephyr_ll_pdata", view.privateData(), List.of()));
    }
    List<ChainView.Entry> records = view.records();
    for (int i = 0; i < records.size(); i++) {
      objects.add(picture.semaphore(i + 1, records.get(i)));
    }
    MemoryObject board =
        picture.object(
            "board",
            "DMA controller and power management",
            view.board(),
            List.of(
                word("DMA channels", view.isDmaRunning() ? "run" : "stopped", null),
                word("lock on power states", "taken " + view.powerLock() + " times", null),
                word("private data allocated", String.valueOf(view.privateDataCount()), null),
                word("last message", result, null)));
    return new MemoryPicture(
        List.of(
            new MemoryPicture.Region("system heap", 0, 0, UserAccess.NONE, objects),
            new MemoryPicture.Region("hardware", 0, 0, UserAccess.NONE, List.of(board))));
  }

  private MemoryObject chain(String state) {
    boolean has = view.privateData() != 0;
    return new MemoryObject(
        CHAIN,
        "struct chain_dma_data",
        Integer.toUnsignedLong(view.chain()),
        view.chainBytes(),
        Life.LIVE,
        false,
        List.of(
            word("chain_task.state", state, null),
            word("chain_task.priv_data", has ? PDATA : "NULL", has ? PDATA : null),
            word("chain_task.sch", view.scheduler() == 0 ? "NULL" : "the LL scheduler", null)));
  }

  private MemoryObject semaphore(int number, ChainView.Entry found) {
    Word task = word("task", hex(found.task()), view.chain() == 0 ? null : CHAIN);
    Word sem = word("sem", hex(found.semaphore()), null);
    return object(
        "record " + number + (found.own() ? "" : ", of a task that is gone"),
        "struct zephyr_ll_task_sem",
        found.address(),
        List.of(found.own() ? task : task.astray(), sem));
  }

  private MemoryObject object(String name, String struct, int address, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, Life.LIVE, false, words);
  }

  private static Word word(String field, String value, @Nullable String target) {
    return new Word(field, value, target, false);
  }

  private static String hex(int address) {
    return String.format("0x%08x", address);
  }
}
