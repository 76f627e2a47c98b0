package io.ringfence.binding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the firmware's memory after one step.
 *
 * @param regions heaps and partitions, in address order
 */
public record MemoryPicture(List<Region> regions) {

  /** What user threads may do with a region. */
  public enum UserAccess {
    /** Only the kernel reaches it. */
    NONE,
    /** User threads may read it. */
    READ,
    /** User threads may read and write it. */
    WRITE
  }

  /** Whether an object's memory is in use. */
  public enum Life {
    /** Allocated or static, and initialized. */
    LIVE,
    /** Allocated and not yet written. */
    RAW,
    /** Not allocated, or released. */
    FREE,
    /** A copy that a cache does not have now. */
    ABSENT
  }

  /**
   * A heap or a partition.
   *
   * @param name the firmware's name, for example {@code sysuser partition}
   * @param address first byte
   * @param size bytes
   */
  public record Region(
      String name, long address, long size, UserAccess userAccess, List<MemoryObject> objects) {}

  /**
   * An object in a region.
   *
   * @param name its name in the spec, for example {@code U1}, or of its symbol
   * @param struct the C structure, for example {@code struct schedule_data}
   * @param userReached whether pointers that user threads can read lead here
   * @param words its fields; of a free object, those that still mean something
   * @param inside the objects of a heap that lies in this object
   */
  public record MemoryObject(
      String name,
      String struct,
      long address,
      long size,
      Life life,
      boolean userReached,
      List<Word> words,
      List<MemoryObject> inside) {
    /** Makes an object that holds no others. */
    public MemoryObject(
        String name,
        String struct,
        long address,
        long size,
        Life life,
        boolean userReached,
        List<Word> words) {
      this(name, struct, address, size, life, userReached, words, List.of());
    }

    /** This object, as the memory of a heap with these objects. */
    public MemoryObject holding(List<MemoryObject> objects) {
      return new MemoryObject(name, struct, address, size, life, userReached, words, objects);
    }
  }

  /**
   * A field of an object.
   *
   * @param value its value in words
   * @param target the name of the object that it points to, or null
   * @param userWritten whether the last store to it was made in user mode
   * @param wrong whether it is the pointer, or the word, that the last step went astray with
   */
  public record Word(
      String field, String value, @Nullable String target, boolean userWritten, boolean wrong) {
    /** Makes a word that led nobody astray. */
    public Word(String field, String value, @Nullable String target, boolean userWritten) {
      this(field, value, target, userWritten, false);
    }

    /** This word, as the one that the last step went astray with. */
    public Word astray() {
      return new Word(field, value, target, userWritten, true);
    }
  }
}
