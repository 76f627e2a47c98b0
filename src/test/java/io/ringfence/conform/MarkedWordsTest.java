package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.Outcome;
import io.ringfence.binding.Switches;
import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture marks the word that is wrong, when it is wrong, and no other. */
class MarkedWordsTest {

  private static void perform(BoundFirmware firmware, String step) {
    String[] words = step.strip().split(" ", -1);
    Map<String, Value> arguments = new TreeMap<>();
    for (String word : List.of(words).subList(1, words.length)) {
      String[] argument = word.split("=", 2);
      arguments.put(argument[0], ValueParser.parse(argument[1]));
    }
    assertThat(firmware.resolve(words[0], arguments).perform()).as(step).isEqualTo(Outcome.DONE);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          isolation|HeapIsolation|IsoNested.HEAP-1.cfg|\
          KernelAlloc c="k1" api="sof_heap_alloc" flags={} h="user"; KernelFree c="k1" h="NULL" flip=FALSE|\
          virtual 3.held by, user 1.held by, last call.address
          isolation|HeapIsolation|IsoSelect.HEAP-10.cfg|\
          KernelAlloc c="k" api="rmalloc" flags={"L3"} h="NULL"; KernelFree c="k" h="rfree" flip=TRUE|\
          last call.address
          isolation|HeapIsolation|IsoSelect.MEM-9.cfg|\
          KernelAlloc c="k" api="sof_heap_alloc" flags={"KERNEL"} h="user"|\
          last call.flags
          isolation|HeapIsolation|IsoUser.ISO-8.cfg|\
          UserAlloc t="dp" h="user" flags={}|\
          dp.ptr
          isolation|HeapIsolation|IsoHistory.ISO-10.cfg|\
          UserAlloc t="ll" h="forged" flags={}|\
          last call.heap, last call.result
          isolation|HeapIsolation|IsoLate.HEAP-14.cfg|\
          UserAlloc t="ll" h="NULL" flags={}|\
          system 1.held by
          vpages|VirtualPages|Vpages.HEAP-16.cfg|\
          Alloc s="a" n=1; Alloc s="b" n=1; Free s="a"|\
          vpage_ctx.velems[0], vpage_ctx.velems[1]
          vpages|VirtualPages|VpagesS02.HEAP-3.cfg|\
          Alloc s="a" n=2|\
          page 1.bitmap, a.ptr
          vpages|VirtualPages|VpagesScarce.HEAP-11.cfg|\
          Alloc s="a" n=2; Alloc s="b" n=2|\
          page 2.mapped
          fastget|FastGet|FastGet.HEAP-2.cfg|\
          Get m="a" o="small"; Get m="k" o="small"; Put m="a" o="small"; Put m="k" o="small"|\
          entry 0.sram_ptr, small copy in A.entry, k.small
          fastget|FastGet|FastGet.ISO-1.cfg|\
          Get m="k" o="large"; Get m="a" o="large"; Put m="a" o="large"|\
          a.read-only partition
          fastget|FastGet|FastGet.ISO-8.cfg|\
          Get m="k" o="small"; Get m="a" o="small"|\
          a.small
          dma|DmaChannels|DmaChannels.ISO-6.cfg|\
          Get u="x"|\
          x.in sof_dma_get
          dma|DmaChannels|DmaChannels.ISO-10.cfg|\
          Release u="a" n=-32|\
          exception.address
          dma|DmaChannels|DmaChannels.HEAP-14.cfg|\
          Request u="a"; GetStatus u="a" p="kernel"|\
          channel 0.requested by
          chunks|SysHeap|ChunksDebug.ISO-5.cfg|\
          Alloc s="a" n=28 a=97|\
          last call.align
          chunks|SysHeap|ChunksSeeded.HEAP-5.cfg|\
          Alloc s="a" n=28 a=0|\
          chunk 0.avail_buckets, chunk 0.free_bytes, chunk 15.LEFT_SIZE
          chunks|SysHeap|ChunksSeededLater.HEAP-6.cfg|\
          Alloc s="a" n=4 a=16; Free s="a" o=0|\
          chunk 6.SIZE_AND_USED
          chunks|SysHeap|ChunksSeededLater.HEAP-3.cfg|\
          Alloc s="a" n=28 a=0; Alloc s="b" n=28 a=16|\
          b.bytes
          vregion|VirtualRegion|Vregion.HEAP-17.cfg|\
          Create failing="-"; Alloc s="a" n=24; Alloc s="b" n=67108840|\
          b.lines
          vregion|VirtualRegion|Vregion.MEM-5.cfg|\
          Create failing="-"; SetInterim|\
          interim.heap.lock.value
          vregion|VirtualRegion|Vregion.ISO-10.cfg|\
          Create failing="-"; AllocOdd s="a"|\
          stop.argument
          vregion|VirtualRegion|VregionUser.ISO-3.cfg|\
          Create failing="-"; Forge w="driver"|\
          dev.drv
          """)
  void marksWhatTheLastStepMadeWrong(
      String family, String spec, String config, String steps, String marked) throws Exception {
    try (Evaluator model = Models.open(family, "MC" + spec, config)) {
      BoundFirmware firmware = Models.boot(spec, model, Switches.NONE);
      for (String step : steps.split(";", -1)) {
        assertThat(MarkedWords.in(firmware.picture())).as("before " + step).isEmpty();
        perform(firmware, step);
      }
      assertThat(MarkedWords.in(firmware.picture()))
          .containsExactlyInAnyOrder(marked.split(", ", -1));
    }
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "isolation, HeapIsolation, IsoHardened.cfg",
    "isolation, HeapIsolation, IsoHardenedUser.cfg",
    "vpages, VirtualPages, VpagesHardened.cfg",
    "fastget, FastGet, FastGetHardened.cfg",
    "dma, DmaSyscalls, DmaHardened.cfg",
    "dma, DmaChannels, DmaChannelsHardened.cfg",
    "chunks, SysHeap, ChunksHardened.cfg",
    "chunks, SysHeap, Chunks.cfg",
    "vregion, VirtualRegion, VregionHardened.cfg"
  })
  void marksNothingInAnyStateOfAGoodDesign(String family, String spec, String config)
      throws Exception {
    try (Evaluator model = Models.open(family, "MC" + spec, config)) {
      MarkedWords firmware = new MarkedWords(Models.boot(spec, model, Switches.NONE));
      Conformance found = Conformer.check(model, firmware, List.of(), ConformListener.NONE);
      assertThat(found.difference()).isNull();
      assertThat(firmware.pictures()).isGreaterThanOrEqualTo((int) found.states());
      assertThat(firmware.marked()).isEmpty();
    }
  }
}
