package io.ringfence.binding.dma;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model's constants, read as a configuration of the firmware.
 *
 * @param users the threads, those with permission first
 */
record DmaChannelsModel(Design design, List<String> users, int granted, int channels) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Users", "Granted", "Channels");

  private static final int MOST = 32;

  static DmaChannelsModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("DmaChannels", values);
    List<String> granted = constants.names("Granted");
    List<String> users = new ArrayList<>(granted);
    for (String user : constants.names("Users")) {
      if (!granted.contains(user)) {
        users.add(user);
      }
    }
    if (users.size() > MOST) {
      throw new BindingException("DmaChannels: there can be " + MOST + " threads at most");
    }
    return new DmaChannelsModel(
        Designs.read(constants, switches),
        List.copyOf(users),
        granted.size(),
        constants.number("Channels", 1, MOST));
  }

  DmaChannelsFirmware firmware() {
    return new DmaChannelsFirmware(design, users.size(), granted, channels);
  }
}
