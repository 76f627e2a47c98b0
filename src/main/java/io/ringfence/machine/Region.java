package io.ringfence.machine;

/**
 * A named part of the address space.
 *
 * @param name e.g. "sysuser"
 * @param kind what it is in a description, e.g. "partition", "heap", "section"
 * @param start address of the first byte
 * @param size in bytes
 */
public record Region(String name, String kind, int start, int size) {
  /** Tells whether an address lies in this region. */
  public boolean contains(int address) {
    return Integer.compareUnsigned(address - start, size) < 0;
  }
}
