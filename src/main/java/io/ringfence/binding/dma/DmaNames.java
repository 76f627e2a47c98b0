package io.ringfence.binding.dma;

import io.ringfence.binding.NamedValues;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.syscalls.dma.DmaBlock;
import io.ringfence.firmware.syscalls.dma.DmaBoard;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.firmware.syscalls.dma.DmaConfig.Direction;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The spec's names of addresses and directions, and what they are in the firmware. */
final class DmaNames {
  static final Map<String, Direction> DIRECTIONS =
      Map.of(
          "m2m", Direction.MEMORY_TO_MEMORY,
          "m2p", Direction.MEMORY_TO_PERIPHERAL,
          "p2m", Direction.PERIPHERAL_TO_MEMORY,
          "p2p", Direction.PERIPHERAL_TO_PERIPHERAL,
          "h2m", Direction.HOST_TO_MEMORY,
          "m2h", Direction.MEMORY_TO_HOST);

  private static final Map<String, Place> PLACES =
      Map.of(
          "rw", Place.USER_RW,
          "ro", Place.USER_RO,
          "kernel", Place.KERNEL,
          "other", Place.OTHER,
          "unmapped", Place.UNMAPPED,
          "fifo", Place.PERIPHERAL);

  private static final String NO_BYTES = "none";
  private static final int UNIT = 8;
  private static final int HEADER = 4;

  private final DmaConfigFirmware firmware;
  private final Map<String, Integer> memory = new LinkedHashMap<>();
  private final Map<String, Integer> pointers = new LinkedHashMap<>();
  private final Map<String, Integer> devices = new LinkedHashMap<>();
  private final Map<String, Integer> configs = new LinkedHashMap<>();

  DmaNames(DmaConfigFirmware firmware) {
    this.firmware = firmware;
    DmaBoard board = firmware.board();
    PLACES.forEach((name, place) -> memory.put(name, board.address(place)));
    pointers.put("NULL", 0);
    pointers.put("kernel", board.address(Place.KERNEL));
    pointers.put("unmapped", board.address(Place.UNMAPPED));
    for (int i = 0; i < DmaConfigFirmware.BLOCKS; i++) {
      pointers.put("b" + (i + 1), firmware.userBlock(i));
    }
    int first = board.controllers().controller(0);
    devices.put("granted", first);
    devices.put("denied", board.controllers().controller(1));
    devices.put("between", first + 4);
    devices.put("past", board.controllers().controller(2));
    configs.put("cfg", firmware.userConfig());
    configs.put("kernel", board.address(Place.KERNEL));
  }

  int memory(NamedValues given, String argument) {
    return value(given, argument, memory);
  }

  int pointer(NamedValues given, String argument) {
    return value(given, argument, pointers);
  }

  int device(NamedValues given, String argument) {
    return value(given, argument, devices);
  }

  int config(NamedValues given, String argument) {
    return value(given, argument, configs);
  }

  /** The only size that an attacker writes: {@code none}. */
  static int bytes(NamedValues given, String argument) {
    return given.index(argument, List.of(NO_BYTES));
  }

  static String bytes(int size) {
    return size == 0 ? NO_BYTES : "some";
  }

  Direction direction(NamedValues given, String argument) {
    Direction direction = DIRECTIONS.get(given.text(argument));
    if (direction == null) {
      throw given.wrong(argument, "one of " + DIRECTIONS.keySet());
    }
    return direction;
  }

  private static int value(NamedValues given, String argument, Map<String, Integer> known) {
    Integer value = known.get(given.text(argument));
    if (value == null) {
      throw given.wrong(argument, "one of " + known.keySet());
    }
    return value;
  }

  String memory(int address) {
    return name(memory, address);
  }

  String device(int address) {
    return address == 0 ? "-" : name(devices, address);
  }

  String direction(Direction direction) {
    return DIRECTIONS.entrySet().stream()
        .filter(entry -> entry.getValue() == direction)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(direction.name());
  }

  /** The name of a block, of the user's or the kernel's, or of another thing that is pointed to. */
  String pointer(int address) {
    List<Integer> copies = copies();
    int copy = copies.indexOf(address);
    return copy >= 0 ? "k" + (copy + 1) : name(pointers, address);
  }

  private static String name(Map<String, Integer> names, int address) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue() == address)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> String.format("0x%08x", address));
  }

  /**
   * The blocks of the kernel's array: what is allocated in the kernel heap, and nothing else is.
   */
  List<Integer> copies() {
    int heap = firmware.board().kernelHeap();
    List<List<Integer>> chunks = HeapDump.of(firmware.ram(), heap, false, false).chunks();
    List<Integer> copies = new ArrayList<>();
    for (List<Integer> chunk : chunks.subList(1, chunks.size() - 1)) {
      if (chunk.get(2) == 1) {
        int memory = heap + UNIT * chunk.get(0) + HEADER;
        int size = DmaBlock.STRUCT.size();
        for (int at = 0; at + size <= UNIT * chunk.get(1) - HEADER; at += size) {
          copies.add(memory + at);
        }
      }
    }
    return copies;
  }
}
