package io.ringfence.firmware.modules;

import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The structures of a module's memory (SOF src/include/sof/audio/module_adapter/module/generic.h
 * and zephyr/include/rtos/alloc.h, 12dd726529), of which the memory calls use these fields.
 */
public final class ProcessingModule {
  private static final Struct.Builder CONTEXT_LAYOUT = Struct.define("mod_alloc_ctx");

  /** The heap that a context allocates from, or 0 for the system heap. */
  public static final Field CONTEXT_HEAP = CONTEXT_LAYOUT.pointer("heap");

  /** The region that a context allocates from, or 0. */
  public static final Field CONTEXT_VREG = CONTEXT_LAYOUT.pointer("vreg");

  /** What memory a module may use. */
  public static final Struct CONTEXT = CONTEXT_LAYOUT.build();

  private static final Struct.Builder CONTAINER_LAYOUT = Struct.define("module_resource");

  /** The block that a container stands for. */
  public static final Field CONTAINER_PTR = CONTAINER_LAYOUT.pointer("ptr");

  static {
    CONTAINER_LAYOUT.struct("list", ListItem.STRUCT);
  }

  static final Field CONTAINER_SIZE = CONTAINER_LAYOUT.u32("size");

  /** What the block is, and so how it is freed: a {@link Resource}, by ordinal. */
  static final Field CONTAINER_TYPE = CONTAINER_LAYOUT.u32("type");

  /** A block of the module. */
  public static final Struct CONTAINER = CONTAINER_LAYOUT.build();

  private static final Struct.Builder LAYOUT = Struct.define("processing_module");

  /** {@code priv.resources.objpool}: the containers. */
  public static final Field POOL = LAYOUT.struct("priv.resources.objpool", ObjectPool.HEAD);

  static final Field HEAP_USAGE = LAYOUT.u32("priv.resources.heap_usage");
  static final Field HIGH_WATER_MARK = LAYOUT.u32("priv.resources.heap_high_water_mark");

  /** {@code priv.resources.alloc}: the module's {@code mod_alloc_ctx}. */
  public static final Field ALLOC = LAYOUT.pointer("priv.resources.alloc");

  /** {@code dev}: the component that the module is in. */
  static final Field DEV = LAYOUT.pointer("dev");

  /** {@code mdom}: the memory domain of the module's thread. */
  public static final Field MDOM = LAYOUT.pointer("mdom");

  /** The module. */
  public static final Struct STRUCT = LAYOUT.build();

  private static final Struct.Builder RECORD_LAYOUT = Struct.define("module_record");

  /** The module's context, as it was when the module was made. */
  static final Field RECORD_CONTEXT = RECORD_LAYOUT.struct("ctx", CONTEXT);

  /** The containers. */
  static final Field RECORD_POOL = RECORD_LAYOUT.struct("objpool", ObjectPool.HEAD);

  /** What a kernel that is repaired remembers of a module, in memory of its own. */
  static final Struct RECORD = RECORD_LAYOUT.build();

  /** What a container stands for ({@code enum mod_resource_type}). */
  enum Resource {
    /** Nothing was stored yet. */
    UNINITIALIZED,
    /** Memory of the context. */
    HEAP,
    /** A handler of data blobs. */
    BLOB_HANDLER,
    /** A copy of constant data. */
    FAST_GET,
    /** Memory of the context's heap, although the context may have a region. */
    BUFFER
  }

  private ProcessingModule() {}
}
