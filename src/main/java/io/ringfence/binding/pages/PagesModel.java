package io.ringfence.binding.pages;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.pages.PageFirmware;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model's constants, read as a configuration of the firmware. */
record PagesModel(
    Design design, int pages, int physicalPages, int maxAllocations, List<String> slots) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Pages", "PhysicalPages", "MaxAllocs", "Slots");

  private static final int MOST_PAGES = 32;

  static PagesModel read(Map<String, Value> constants, Switches switches) {
    Set<String> fixes = new LinkedHashSet<>(names(constants, "Fixes"));
    fixes.addAll(switches.fixes());
    Set<String> defects = new LinkedHashSet<>(names(constants, "Defects"));
    defects.addAll(switches.defects());
    defects.removeAll(switches.without());
    String variant = switches.variant() == null ? text(constants, "Variant") : switches.variant();
    Design design =
        new Design(
            Arrays.stream(Variant.values())
                .filter(candidate -> candidate.name().equals(variant))
                .findFirst()
                .orElseThrow(
                    () ->
                        new BindingException(
                            "no variant '"
                                + variant
                                + "'; there are "
                                + List.of(Variant.values()))),
            fixes.stream()
                .map(id -> Fix.of(id).orElseThrow(() -> unknown("fix", id)))
                .collect(Collectors.toSet()),
            defects.stream()
                .map(id -> Defect.of(id).orElseThrow(() -> unknown("defect", id)))
                .collect(Collectors.toSet()),
            false,
            Set.of());
    return new PagesModel(
        design,
        number(constants, "Pages", 1, MOST_PAGES),
        number(constants, "PhysicalPages", 0, MOST_PAGES),
        number(constants, "MaxAllocs", 1, MOST_PAGES),
        names(constants, "Slots"));
  }

  PageFirmware firmware() {
    return new PageFirmware(design, pages, physicalPages, maxAllocations, slots.size());
  }

  private static BindingException unknown(String kind, String id) {
    return new BindingException("no " + kind + " '" + id + "'");
  }

  private static Value value(Map<String, Value> constants, String name) {
    Value value = constants.get(name);
    if (value == null) {
      throw new BindingException(
          "the constant " + name + " is missing; VirtualPages needs " + CONSTANTS);
    }
    return value;
  }

  private static String text(Map<String, Value> constants, String name) {
    if (value(constants, name) instanceof StringValue text) {
      return text.value();
    }
    throw wrong(constants, name, "a string");
  }

  private static List<String> names(Map<String, Value> constants, String name) {
    if (value(constants, name) instanceof SetValue set
        && set.elements().stream().allMatch(StringValue.class::isInstance)) {
      return set.elements().stream().map(element -> ((StringValue) element).value()).toList();
    }
    throw wrong(constants, name, "a set of strings");
  }

  private static int number(Map<String, Value> constants, String name, int least, int most) {
    if (value(constants, name) instanceof IntValue number
        && number.value().bitLength() < 31
        && number.value().intValue() >= least
        && number.value().intValue() <= most) {
      return number.value().intValue();
    }
    throw wrong(constants, name, "a number from " + least + " to " + most);
  }

  private static BindingException wrong(
      Map<String, Value> constants, String name, String expected) {
    return new BindingException(
        "the constant " + name + " should be " + expected + " and is " + constants.get(name));
  }
}
