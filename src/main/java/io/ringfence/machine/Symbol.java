package io.ringfence.machine;

/**
 * A static object, or an array of them.
 *
 * @param name the name in C
 * @param address of the first byte
 * @param elementSize size of one element in bytes, at least 1
 * @param count number of elements; 1 for an object that is no array
 */
public record Symbol(String name, int address, int elementSize, int count) {
  /** Tells whether an address lies in this object. */
  public boolean contains(int at) {
    return Integer.compareUnsigned(at - address, elementSize * count) < 0;
  }

  /** Returns the address of an element. */
  public int element(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(name + "[" + index + "] of " + count);
    }
    return address + index * elementSize;
  }

  /** Names the place of an address in this object, e.g. {@code _u_schedulers[1]+2}. */
  String describe(int at) {
    int offset = at - address;
    String element = count == 1 ? name : name + "[" + offset / elementSize + "]";
    int rest = offset % elementSize;
    return rest == 0 ? element : element + "+" + rest;
  }
}
