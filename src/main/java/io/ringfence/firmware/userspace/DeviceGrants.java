package io.ringfence.firmware.userspace;

import io.ringfence.firmware.syscalls.DeviceList;
import io.ringfence.firmware.syscalls.KernelObjects;

/** Gives threads permission on all devices of a kind (SOF zephyr/lib/userspace_helper.c). */
public final class DeviceGrants {
  private final KernelObjects objects;
  private final UserBuild build;

  /** Makes the functions of a build. */
  public DeviceGrants(KernelObjects objects, UserBuild build) {
    this.objects = objects;
    this.build = build;
  }

  /**
   * {@code user_grant_dai_access_all}.
   *
   * @param dais what {@code dai_get_device_list()} returns
   * @throws IllegalStateException in a build where the LL threads run in kernel mode, which has no
   *     such function
   */
  public void grantAllDais(int thread, DeviceList dais) {
    build.require(UserBuild.LL, "user_grant_dai_access_all");
    grantAll(thread, dais);
  }

  /**
   * {@code user_grant_dma_access_all}.
   *
   * @param controllers the devices of the array that {@code dma_info_get()} tells about
   * @throws IllegalStateException in a build where the LL threads run in kernel mode, which has no
   *     such function
   */
  public void grantAllDmas(int thread, DeviceList controllers) {
    build.require(UserBuild.LL, "user_grant_dma_access_all");
    grantAll(thread, controllers);
  }

  private void grantAll(int thread, DeviceList devices) {
    for (int i = 0; i < devices.count(); i++) {
      objects.grant(devices.device(i), thread);
    }
  }
}
