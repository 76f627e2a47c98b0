package io.ringfence.binding.mdom;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Region;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.kernel.KMemDomain;
import io.ringfence.firmware.mdom.MdomMachine;
import io.ringfence.firmware.mdom.MdomMachine.Outcome;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.trace.SeqValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws the pool of domains, the modules, and the memory that domains map. */
final class MdomPicture {
  private final MdomMachine machine;
  private final MdomRegions regions;
  private final List<String> modules;

  private MdomPicture(MdomMachine machine, MdomRegions regions, List<String> modules) {
    this.machine = machine;
    this.regions = regions;
    this.modules = modules;
  }

  static MemoryPicture draw(MdomMachine machine, MdomRegions regions, List<String> modules) {
    MdomPicture picture = new MdomPicture(machine, regions, modules);
    List<Region> drawn = new ArrayList<>();
    drawn.add(new Region("dp_mdom_head", 0, 0, UserAccess.NONE, picture.domains()));
    drawn.add(new Region("modules", 0, 0, UserAccess.NONE, picture.tasks()));
    regions.addresses().forEach((region, address) -> drawn.add(picture.memory(region, address)));
    return new MemoryPicture(drawn);
  }

  private List<MemoryObject> domains() {
    List<MemoryObject> domains = new ArrayList<>();
    for (int structure : machine.structures()) {
      String maps =
          regions.in(machine, structure).stream()
              .map(MdomRegions::text)
              .collect(Collectors.joining(", "));
      String members =
          machine.members(structure).stream().map(modules::get).collect(Collectors.joining(", "));
      domains.add(
          new MemoryObject(
              name(structure),
              "struct k_mem_domain",
              Integer.toUnsignedLong(structure),
              KMemDomain.STRUCT.size(),
              machine.isTaken(structure) ? Life.LIVE : Life.FREE,
              false,
              List.of(
                  word(
                      "page tables",
                      KMemDomain.hasTables(machine.ram(), structure) ? "yes" : "none"),
                  word("maps", maps.isEmpty() ? "nothing" : maps),
                  word("members", members.isEmpty() ? "nobody" : members))));
    }
    return domains;
  }

  private String name(int structure) {
    return "domain " + (machine.structures().indexOf(structure) + 1);
  }

  private List<MemoryObject> tasks() {
    List<MemoryObject> tasks = new ArrayList<>();
    for (int module = 0; module < modules.size(); module++) {
      int mdom = machine.mdom(module);
      tasks.add(
          new MemoryObject(
              "module " + modules.get(module),
              "struct processing_module",
              0,
              0,
              Life.LIVE,
              false,
              List.of(
                  word("thread", MdomBinding.text(machine.life(module)).value()),
                  new Word(
                      "mdom",
                      mdom == 0 ? "NULL" : name(mdom),
                      mdom == 0 ? null : name(mdom),
                      false))));
    }
    return tasks;
  }

  /** A page, and what the last step had to do with it. */
  private Region memory(SeqValue region, int address) {
    List<Word> words = new ArrayList<>();
    if (machine.touched() == address) {
      boolean fault = machine.outcome() == Outcome.FAULT;
      Word touch = word(fault ? "is not mapped for" : "was read by", modules.get(machine.caller()));
      words.add(fault || !isOwn(address) ? touch.astray() : touch);
    }
    MemoryObject page =
        new MemoryObject(
            MdomRegions.text(region),
            "page",
            Integer.toUnsignedLong(address),
            MemoryDomains.PAGE_BYTES,
            Life.LIVE,
            true,
            words);
    return new Region(
        MdomRegions.text(region),
        Integer.toUnsignedLong(address),
        MemoryDomains.PAGE_BYTES,
        region.equals(regions.at(machine.mailbox())) ? UserAccess.READ : UserAccess.WRITE,
        List.of(page));
  }

  /** Whether whoever touched memory last may. */
  private boolean isOwn(int address) {
    int module = machine.caller();
    return address == machine.mailbox()
        || address == machine.heap(module)
        || address == machine.copy(module) && machine.holdsCopy(module);
  }

  private static Word word(String field, String value) {
    return new Word(field, value, null, false);
  }
}
