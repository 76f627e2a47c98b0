package io.ringfence.firmware.list;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct list_item}: a node, or the sentinel head, of a circular doubly linked list.
 *
 * <p>The operations make the same loads and stores in the same order as SOF {@code
 * src/include/sof/list.h} (12dd726529), so that a fault, or another thread, in the middle leaves
 * the links as the C code would. None checks whether a node is already linked. All arguments are
 * addresses.
 */
public final class ListItem {
  private static final Struct.Builder LAYOUT = Struct.define("list_item");

  /** The node after this one. */
  public static final Field NEXT = LAYOUT.pointer("next");

  /** The node before this one. */
  public static final Field PREV = LAYOUT.pointer("prev");

  /** The layout of a node. */
  public static final Struct STRUCT = LAYOUT.build();

  private ListItem() {}

  /** Links a node, or a head, to itself ({@code list_init}). */
  public static void init(Cpu cpu, int list) {
    cpu.store(NEXT, list, list);
    cpu.store(PREV, list, list);
  }

  /**
   * Inserts a node after a position; after a head, that is the front ({@code list_item_prepend}).
   */
  public static void prepend(Cpu cpu, int item, int position) {
    int next = cpu.load(NEXT, position);
    cpu.store(PREV, next, item);
    cpu.store(NEXT, item, next);
    cpu.store(PREV, item, position);
    cpu.store(NEXT, position, item);
  }

  /**
   * Inserts a node before a position; before a head, that is the tail ({@code list_item_append}).
   */
  public static void append(Cpu cpu, int item, int position) {
    int tail = cpu.load(PREV, position);
    cpu.store(NEXT, tail, item);
    cpu.store(NEXT, item, position);
    cpu.store(PREV, item, tail);
    cpu.store(PREV, position, item);
  }

  /**
   * Unlinks a node and links it to itself ({@code list_item_del}). Harmless for a node that is
   * linked to itself; a zeroed node raises a NULL dereference.
   */
  public static void delete(Cpu cpu, int item) {
    cpu.store(PREV, cpu.load(NEXT, item), cpu.load(PREV, item));
    cpu.store(NEXT, cpu.load(PREV, item), cpu.load(NEXT, item));
    init(cpu, item);
  }

  /** Tells whether a head, or any node, is linked to itself ({@code list_is_empty}). */
  public static boolean isEmpty(Cpu cpu, int list) {
    return cpu.load(NEXT, list) == list;
  }

  /** Loads the node after this one. */
  public static int next(Cpu cpu, int item) {
    return cpu.load(NEXT, item);
  }

  /** Loads the node before this one. */
  public static int prev(Cpu cpu, int item) {
    return cpu.load(PREV, item);
  }
}
