package io.ringfence.conform;

import io.ringfence.binding.BoundFirmware;
import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Firmware that is drawn whenever its state is read, and what was marked in all the pictures. */
final class MarkedWords extends ForwardingFirmware {
  private final Set<String> marked = new TreeSet<>();
  private int pictures;

  MarkedWords(BoundFirmware firmware) {
    super(firmware);
  }

  /** The words of a picture that are marked, each as the name of its object and its field. */
  static List<String> in(MemoryPicture picture) {
    List<String> words = new ArrayList<>();
    picture.regions().forEach(region -> collect(region.objects(), words));
    return words;
  }

  private static void collect(List<MemoryObject> objects, List<String> words) {
    for (MemoryObject object : objects) {
      object.words().stream()
          .filter(Word::wrong)
          .forEach(word -> words.add(object.name() + "." + word.field()));
      collect(object.inside(), words);
    }
  }

  Set<String> marked() {
    return marked;
  }

  int pictures() {
    return pictures;
  }

  @Override
  public Value[] state() {
    pictures++;
    marked.addAll(in(picture()));
    return firmware.state();
  }
}
