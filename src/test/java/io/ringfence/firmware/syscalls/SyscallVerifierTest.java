package io.ringfence.firmware.syscalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks of a verifier are those of the caller's memory domain, not of the kernel's. */
class SyscallVerifierTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;

  private final SmallMachine machine = new SmallMachine(1, 3, 1, false);
  private final Cpu cpu = machine.cpu();
  private final SyscallVerifier verifier = new SyscallVerifier(cpu);
  private final int kernel = machine.allocateStatic(64);
  private final int thread = machine.allocateStatic(8);
  private final int writable = machine.takePages(1);
  private final int readable = machine.takePages(1);
  private final int foreign = machine.takePages(1);

  @BeforeEach
  void enterASystemCall() {
    int domain = machine.domains().create();
    machine
        .domains()
        .add(domain, new Partition("rw", writable, PAGE, Set.of(Access.READ, Access.WRITE)));
    machine.domains().add(domain, new Partition("ro", readable, PAGE, Set.of(Access.READ)));
    machine.ram().shadow().declareStatic(writable, 3 * PAGE);
    cpu.enter(Mode.KERNEL, domain, 0, thread);
  }

  @Test
  void asksForTheRightsOfTheCallerEvenInKernelMode() {
    assertThat(verifier.mayRead(writable, 64)).isTrue();
    assertThat(verifier.mayWrite(writable, 64)).isTrue();
    assertThat(verifier.mayRead(readable, 64)).isTrue();
    assertThat(verifier.mayWrite(readable, 64)).isFalse();
    assertThat(verifier.mayRead(foreign, 64)).isFalse();
    assertThat(verifier.mayRead(kernel, 64)).isFalse();
    assertThat(verifier.mayRead(0, 4)).isFalse();
  }

  @Test
  void asksForEachPageOfARange() {
    assertThat(verifier.mayRead(writable + PAGE - 4, 8)).isTrue();
    assertThat(verifier.mayWrite(writable + PAGE - 4, 8)).isFalse();
    assertThat(verifier.mayRead(readable + PAGE - 4, 8)).isFalse();
  }

  @Test
  void refusesARangeThatWraps() {
    assertThat(verifier.mayRead(writable, -1)).isFalse();
    assertThat(verifier.mayRead(-4, 8)).isFalse();
  }

  @Test
  void copiesOnlyWhatTheCallerMayRead() {
    cpu.store32(readable, 17);
    cpu.store32(foreign, 18);
    assertThat(verifier.copyFromUser(kernel, readable, 4)).isTrue();
    assertThat(verifier.copyFromUser(kernel, foreign, 4)).isFalse();
    assertThat(cpu.load32(kernel)).isEqualTo(17);
  }

  @Test
  void saysNothingOfAlignment() {
    assertThat(verifier.mayWrite(writable + 1, 32)).isTrue();
  }

  @Test
  void killsTheCallerForWhatIsRefused() {
    assertThatCode(() -> verifier.oopsIf(false, "fine")).doesNotThrowAnyException();
    assertThatThrownBy(() -> verifier.oopsIf(true, "no such channel"))
        .isInstanceOf(KernelOops.class)
        .hasMessage("no such channel");
  }
}
