package io.ringfence.binding.pages;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.OneRamBinding;
import io.ringfence.binding.Operation;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.pages.PageFirmware;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** The firmware's virtual pages, bound to {@code spec/VirtualPages.tla}. */
public final class PagesBinding extends OneRamBinding {
  /** The constants of the spec that decide what firmware to build. */
  public static final Set<String> CONSTANTS = PagesModel.CONSTANTS;

  private static final int MOST_PAGES_ASKED = 0xffff;

  private static final List<String> VARIABLES =
      List.of("taken", "table", "inUse", "freePages", "mapped", "physical", "held", "result");

  private final PagesModel model;
  private final PageFirmware firmware;

  private PagesBinding(PagesModel model, PageFirmware firmware) {
    super(firmware.ram());
    this.model = model;
    this.firmware = firmware;
  }

  /**
   * Builds the firmware that a model of the spec describes.
   *
   * @throws BindingException if a constant is missing or has no counterpart in the firmware
   */
  public static PagesBinding open(Map<String, Value> constants, Switches switches) {
    PagesModel model = PagesModel.read(constants, switches);
    return new PagesBinding(model, model.firmware());
  }

  @Override
  public List<String> variables() {
    return VARIABLES;
  }

  @Override
  public Operation resolve(String action, Map<String, Value> arguments) {
    NamedValues given = new NamedValues(action, arguments);
    return switch (action) {
      case "Alloc" -> {
        int slot = given.index("s", model.slots());
        int pages = given.number("n", 0, MOST_PAGES_ASKED);
        yield () -> Outcome.of(firmware.alloc(slot, pages));
      }
      case "Free" -> {
        int slot = given.index("s", model.slots());
        yield () -> Outcome.of(firmware.free(slot));
      }
      default ->
          throw new BindingException(
              "VirtualPages has no action '" + action + "'; it has Alloc and Free");
    };
  }

  @Override
  public Value[] state() {
    VirtualPages pages = firmware.pages();
    return new Value[] {
      set(pages::isTaken),
      table(pages),
      IntValue.of(pages.get(VirtualPages.IN_USE)),
      IntValue.of(pages.get(VirtualPages.FREE_PAGES)),
      set(firmware::isMapped),
      IntValue.of(firmware.freePhysicalPages()),
      held(),
      result()
    };
  }

  private Value set(IntPredicate contains) {
    List<Value> members = new ArrayList<>();
    for (int page = 0; page < firmware.pageCount(); page++) {
      if (contains.test(page)) {
        members.add(IntValue.of(page));
      }
    }
    return SetValue.of(members);
  }

  private Value table(VirtualPages pages) {
    Map<Value, Value> table = new LinkedHashMap<>();
    for (int i = 0; i <= model.maxAllocations(); i++) {
      table.put(IntValue.of(i), block(pages.entryFirst(i), pages.entryPages(i)));
    }
    return Values.function(table);
  }

  private Value held() {
    Map<String, Value> held = new LinkedHashMap<>();
    for (int i = 0; i < model.slots().size(); i++) {
      held.put(model.slots().get(i), block(firmware.heldFirst(i), firmware.heldPages(i)));
    }
    return Values.record(held);
  }

  private static Value block(int first, int pages) {
    return Values.record(Map.of("first", IntValue.of(first), "pages", IntValue.of(pages)));
  }

  private Value result() {
    return StringValue.of(
        switch (firmware.result()) {
          case NONE -> "-";
          case NULL -> "NULL";
          default -> firmware.result().name().toLowerCase(Locale.ROOT);
        });
  }

  @Override
  public String lastFault() {
    return firmware.lastError();
  }

  @Override
  public MemoryPicture picture() {
    return PagesPicture.draw(model, firmware);
  }
}
