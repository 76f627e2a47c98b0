package io.ringfence.firmware.ll;

import io.ringfence.firmware.Defect;

/** {@code zephyr_ll_assert_core(sch)}: SOF {@code src/schedule/zephyr_ll.c}, 12dd726529. */
final class CoreCheck {
  private CoreCheck() {}

  /** In the kernel build, the caller must run on the core of the LL scheduler. */
  static void check(LlPlatform platform, int sch) {
    platform.check(
        platform.config().cores() == 1
            || platform.user()
            || platform.design().has(Defect.NO_CORE_ASSERT)
            || platform.cpu().load(ZephyrLl.CORE, sch) == platform.cpu().core(),
        "the caller must run on the core of the LL instance");
  }
}
