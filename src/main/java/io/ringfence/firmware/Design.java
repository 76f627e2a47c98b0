package io.ringfence.firmware;

import java.util.Set;

/**
 * Which firmware to build.
 *
 * @param variant the design
 * @param fixes repairs; {@link Variant#HARDENED} has all of them anyway
 * @param defects bugs put back
 * @param asserts {@code CONFIG_ASSERT}
 * @param userTypes the types that are kept on the user side
 */
public record Design(
    Variant variant,
    Set<Fix> fixes,
    Set<Defect> defects,
    boolean asserts,
    Set<SchedulerType> userTypes) {

  /** The merged design with no type on the user side, as far as allocators go. */
  public static Design merged() {
    return new Design(Variant.MERGED, Set.of(), Set.of(), false, Set.of());
  }

  /** This design in a build with assertions, or without. */
  public Design withAsserts(boolean compiledIn) {
    return new Design(variant, fixes, defects, compiledIn, userTypes);
  }

  /** Copies the sets. */
  public Design {
    fixes = Set.copyOf(fixes);
    defects = Set.copyOf(defects);
    userTypes = Set.copyOf(userTypes);
  }

  /** Whether a repair is in. */
  public boolean has(Fix fix) {
    return variant == Variant.HARDENED && !fix.isProposal() || fixes.contains(fix);
  }

  /** Whether a bug is in. */
  public boolean has(Defect defect) {
    return defects.contains(defect);
  }

  /** {@code scheduler_is_user()} in a build with {@code CONFIG_SOF_USERSPACE_LL}. */
  public boolean isUserType(int type) {
    for (SchedulerType userType : userTypes) {
      if (userType.ordinal() == type) {
        return true;
      }
    }
    return false;
  }
}
